import type * as codecommit from 'aws-cdk-lib/aws-codecommit';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as sagemaker from 'aws-cdk-lib/aws-sagemaker';
import type * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';

/** Who clones a repository. */
export interface NotebookCodeRepositoryBindOptions {
  /** The id of what the repository makes in the scope. */
  readonly id: string;

  /** Who gets the permissions: the role that the job or the instance runs with. */
  readonly grantee: iam.IGrantable;
}

/** A repository as a request names it. */
export interface NotebookCodeRepositoryConfig {
  /** The URL of the repository, or the name of a code repository of SageMaker, 1 to 1024 characters. */
  readonly nameOrUrl: string;

  /**
   * The secret that cloning takes: whoever starts the instance has to read it as well.
   *
   * @default - none
   */
  readonly secret?: secretsmanager.ISecret;
}

/** A Git repository that needs a user name and a password, or a token. */
export interface PrivateGitRepositoryOptions {
  /** The secret: a JSON object with `username` and `password`. */
  readonly secret: secretsmanager.ISecret;

  /**
   * The branch that is checked out (`GitConfig.Branch`), 1 to 1024 characters.
   *
   * @default - the default branch of the repository
   */
  readonly branch?: string;
}

/** A Git repository that a notebook instance clones when it is created. */
export abstract class NotebookCodeRepository {
  /**
   * A repository that everybody may read.
   *
   * @param url its URL, which begins with `https://`
   */
  public static fromGitUrl(url: string): NotebookCodeRepository {
    return new NamedRepository(url);
  }

  /**
   * A repository that needs credentials. A code repository of SageMaker is made of it, which the instance may read the
   * secret of.
   *
   * @param url its URL, which begins with `https://`
   * @param options the secret and the branch
   */
  public static fromPrivateGitUrl(url: string, options: PrivateGitRepositoryOptions): NotebookCodeRepository {
    return new PrivateGitRepository(url, options);
  }

  /**
   * A repository of CodeCommit. The instance may pull from it, and push to it with `repository.grantPullPush(notebook)`.
   *
   * @param repository the repository
   */
  public static fromCodeCommit(repository: codecommit.IRepository): NotebookCodeRepository {
    return new CodeCommitRepository(repository);
  }

  /**
   * A code repository of SageMaker in this app.
   *
   * @param codeRepository the code repository
   * @param secret its secret, which the instance may read (default: it has none, or the instance's role may read it already)
   */
  public static fromCfnCodeRepository(codeRepository: sagemaker.CfnCodeRepository, secret?: secretsmanager.ISecret): NotebookCodeRepository {
    return new NamedRepository(codeRepository.attrCodeRepositoryName, secret);
  }

  /**
   * A code repository of SageMaker, by its name.
   *
   * @param codeRepositoryName its name
   * @param secret its secret, which the instance may read (default: it has none, or the instance's role may read it already)
   */
  public static fromCodeRepositoryName(codeRepositoryName: string, secret?: secretsmanager.ISecret): NotebookCodeRepository {
    return new NamedRepository(codeRepositoryName, secret);
  }

  /**
   * Grants the permissions to clone the repository, and returns the repository as a request contains it.
   *
   * @internal
   */
  public abstract _bind(scope: Construct, options: NotebookCodeRepositoryBindOptions): NotebookCodeRepositoryConfig;
}

class NamedRepository extends NotebookCodeRepository {
  constructor(private readonly nameOrUrl: string, private readonly secret?: secretsmanager.ISecret) {
    super();
  }

  public _bind(_scope: Construct, { grantee }: NotebookCodeRepositoryBindOptions): NotebookCodeRepositoryConfig {
    this.secret?.grantRead(grantee);
    return { nameOrUrl: this.nameOrUrl, secret: this.secret };
  }
}

class CodeCommitRepository extends NotebookCodeRepository {
  constructor(private readonly repository: codecommit.IRepository) {
    super();
  }

  public _bind(_scope: Construct, { grantee }: NotebookCodeRepositoryBindOptions): NotebookCodeRepositoryConfig {
    this.repository.grantPull(grantee);
    return { nameOrUrl: this.repository.repositoryCloneUrlHttp };
  }
}

class PrivateGitRepository extends NotebookCodeRepository {
  constructor(private readonly url: string, private readonly options: PrivateGitRepositoryOptions) {
    super();
  }

  public _bind(scope: Construct, { grantee, id }: NotebookCodeRepositoryBindOptions): NotebookCodeRepositoryConfig {
    const { branch, secret } = this.options;
    secret.grantRead(grantee);
    const codeRepository = new sagemaker.CfnCodeRepository(scope, id, {
      gitConfig: { repositoryUrl: this.url, branch, secretArn: secret.secretArn },
    });
    return { nameOrUrl: codeRepository.attrCodeRepositoryName, secret };
  }
}
