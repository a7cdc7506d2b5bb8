import type * as codecommit from 'aws-cdk-lib/aws-codecommit';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { typedFactories } from '../validation/property-types';

/** The use of a repository. */
export interface NotebookInstanceCodeRepositoryBindOptions {
  /** The ID of the resources of the repository in the scope. */
  readonly id: string;

  /** The grantee of the permissions: the execution role of the instance. */
  readonly grantee: iam.IGrantable;
}

/** A repository as a request contains it. */
export interface NotebookInstanceCodeRepositoryConfig {
  /** The URL of the Git repository, or the name of the SageMaker code repository, 1 to 1024 characters. */
  readonly nameOrUrl: string;

  /**
   * The secret that is required to clone the repository. The caller that starts the instance must also read it.
   *
   * @default - none
   */
  readonly secret?: secretsmanager.ISecret;
}

/** Options for a Git repository that requires credentials. */
export interface NotebookInstancePrivateGitOptions {
  /** The secret with the credentials (`GitConfig.SecretArn`), a JSON object with `username` and `password`. */
  readonly secret: secretsmanager.ISecret;

  /**
   * The branch to check out (`GitConfig.Branch`), 1 to 1024 characters.
   *
   * @default - the default branch of the repository
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_GitConfig.html
   */
  readonly branch?: string;
}

/** Options for a SageMaker code repository. */
export interface NotebookInstanceCodeRepositoryOptions {
  /**
   * The secret of the code repository (`GitConfig.SecretArn`). The instance is granted permission to read it.
   *
   * @default - none, or the role of the instance already has permission to read it
   * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_GitConfig.html
   */
  readonly secret?: secretsmanager.ISecret;
}

/**
 * A Git repository that a notebook instance clones when it is created.
 *
 * @see https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_CreateCodeRepository.html
 */
@typedFactories('NotebookInstanceCodeRepository')
export class NotebookInstanceCodeRepository {
  /**
   * Returns a public repository.
   *
   * @param url the URL, which begins with `https://`
   */
  public static fromGitUrl(url: string): NotebookInstanceCodeRepository {
    return new NotebookInstanceCodeRepository(() => ({ nameOrUrl: url }));
  }

  /**
   * Returns a repository that requires credentials. A SageMaker code repository is created for it, and the instance is granted
   * permission to read its secret.
   *
   * @param url the URL, which begins with `https://`
   * @param options the secret and the branch
   */
  public static fromPrivateGitUrl(url: string, options: NotebookInstancePrivateGitOptions): NotebookInstanceCodeRepository {
    const { branch, secret } = options;
    return new NotebookInstanceCodeRepository((scope, { grantee, id }) => {
      secret.grantRead(grantee);
      const codeRepository = new sagemaker.CfnCodeRepository(scope, id, {
        gitConfig: { repositoryUrl: url, branch, secretArn: secret.secretArn },
      });
      return { nameOrUrl: codeRepository.attrCodeRepositoryName, secret };
    });
  }

  /**
   * Returns a CodeCommit repository. The instance is granted permission to pull. To let it push, use
   * `repository.grantPullPush(notebook)`.
   *
   * @param repository the repository
   */
  public static fromCodeCommit(repository: codecommit.IRepository): NotebookInstanceCodeRepository {
    return new NotebookInstanceCodeRepository((_scope, { grantee }) => {
      repository.grantPull(grantee);
      return { nameOrUrl: repository.repositoryCloneUrlHttp };
    });
  }

  /**
   * Returns a SageMaker code repository by its name.
   *
   * @param codeRepositoryName the name of the code repository, such as `attrCodeRepositoryName` of a `CfnCodeRepository`
   * @param options the secret of the code repository
   */
  public static fromCodeRepositoryName(
    codeRepositoryName: string, options: NotebookInstanceCodeRepositoryOptions = {},
  ): NotebookInstanceCodeRepository {
    const { secret } = options;
    return new NotebookInstanceCodeRepository((_scope, { grantee }) => {
      secret?.grantRead(grantee);
      return { nameOrUrl: codeRepositoryName, secret };
    });
  }

  private constructor(
    private readonly render: (scope: Construct, options: NotebookInstanceCodeRepositoryBindOptions) => NotebookInstanceCodeRepositoryConfig,
  ) {}

  /**
   * Grants the permissions to clone the repository, and returns the repository as a request contains it.
   *
   * @internal
   */
  public _bind(scope: Construct, options: NotebookInstanceCodeRepositoryBindOptions): NotebookInstanceCodeRepositoryConfig {
    return this.render(scope, options);
  }
}
