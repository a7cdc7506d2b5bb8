import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFunctions } from './index';
import { InvocationError } from './invocation-error';
import { LAMBDA_MODEL } from './lambda-model';
import { notEmulated } from '../api/json-protocol';
import { page } from '../api/page';
import type { HttpReply, HttpRequest, Invocation, Protocol } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import { validate } from '../api/validate';
import { isObject, type JsonObject } from '../json';
import { typedForm } from '../query/typed-form';
import { type FunctionConfiguration, FunctionError, type Json } from '../services';

export interface LambdaApiOptions {
  readonly functions: LocalFunctions;
  readonly region: string;
  readonly account: string;
  /** Returns the directory of a zip file in a bucket. */
  readonly codeAt: (bucket: string, key: string) => string;
  /** Returns the directory of an uploaded zip file. */
  readonly unpacked: (zip: Buffer) => string;
}

/** A request of an operation: its members from the path, the query, the headers and the body, and the payload of an invocation. */
interface Request {
  readonly input: Input;
  readonly payload: Buffer;
}

interface Input {
  readonly FunctionName: string;
  readonly Qualifier?: string;
  readonly [member: string]: any;
}

interface Operation {
  readonly method: string;
  /** The path after the version of the API, whose group is the name of the function. */
  readonly path: RegExp;
  /** The members in the headers and in the query, by their names there. */
  readonly headers?: { readonly [header: string]: string };
  readonly query?: { readonly [parameter: string]: string };
  /** Whether the body contains members. */
  readonly hasBody?: boolean;
  run(request: Request): HttpReply | Promise<HttpReply>;
}

const QUALIFIER = { Qualifier: 'Qualifier' };
const OF_INVOCATION = { 'x-amz-invocation-type': 'InvocationType', 'x-amz-log-type': 'LogType', 'x-amz-client-context': 'ClientContext' };
const FUNCTION = '/functions/([^/]+)';
const FUNCTION_NAME = /^(?:(?:arn:aws:lambda:(?<region>[^:]+):)?(?:(?<account>\d{12}):)?function:)?(?<name>[^:]+)(?::(?<qualifier>[^:]+))?$/;
const MAX_LOG_RESULT = 4096;

/** The Lambda API, in REST with JSON. */
export class LambdaApi implements Protocol {
  readonly name = 'lambda';
  readonly operations: { readonly [operation: string]: Operation } = {
    Invoke: { method: 'POST', path: at(`${FUNCTION}/invocations`), headers: OF_INVOCATION, query: QUALIFIER, run: (request) => this.invoke(request) },
    GetFunction: {
      method: 'GET',
      path: at(FUNCTION),
      query: QUALIFIER,
      run: ({ input }) => json({ Configuration: this.describe(this.find(input)), Code: { RepositoryType: 'S3', Location: '' }, Tags: {} }),
    },
    GetFunctionConfiguration: {
      method: 'GET', path: at(`${FUNCTION}/configuration`), query: QUALIFIER, run: ({ input }) => json(this.describe(this.find(input))),
    },
    ListFunctions: { method: 'GET', path: at('/functions/?'), query: { Marker: 'Marker', MaxItems: 'MaxItems' }, run: ({ input }) => this.list(input) },
    UpdateFunctionCode: {
      method: 'PUT', path: at(`${FUNCTION}/code`), hasBody: true, run: ({ input }) => this.update(input, () => ({ codeDirectory: this.codeOf(input) })),
    },
    UpdateFunctionConfiguration: {
      method: 'PUT', path: at(`${FUNCTION}/configuration`), hasBody: true, run: ({ input }) => this.update(input, () => changesOf(input)),
    },
  };

  readonly emulated = { lambda: Object.keys(this.operations) };

  constructor(private readonly options: LambdaApiOptions) {}

  speaks({ signer }: HttpRequest): boolean {
    return signer?.service === 'lambda';
  }

  read(http: HttpRequest): Invocation {
    const { body, headers, method, url } = http;
    const [name, operation] = Object.entries(this.operations).find(([, one]) => one.method === method && one.path.test(url.pathname))
      ?? refuseOperation(http);
    const given = operation.path.exec(url.pathname)![1];
    const input: JsonObject = {
      ...operation.hasBody ? parsed(body) : {},
      ...membersOf(operation.headers ?? {}, (header) => headers[header]),
      ...membersOf(operation.query ?? {}, (parameter) => url.searchParams.get(parameter) ?? undefined),
      ...given !== undefined && { FunctionName: decoded(given) },
    };
    let reply: HttpReply;
    return {
      service: 'lambda',
      operation: name,
      input: Object.fromEntries(Object.entries(input).filter(([member]) => member !== 'ZipFile')),
      carryOut: async () => {
        const checked = validate(LAMBDA_MODEL, name, typedForm(LAMBDA_MODEL, LAMBDA_MODEL.operations[name].input!, input));
        reply = await operation.run({ input: checked as unknown as Input, payload: body });
        return { status: reply.status };
      },
      reply: () => reply,
    };
  }

  refuse({ code, message, statusCode: status }: ServiceError): HttpReply {
    const { headers, ...reply } = json({ Type: status < 500 ? 'User' : 'Service', Message: message, message }, status);
    return { ...reply, headers: { ...headers, 'x-amzn-errortype': code } };
  }

  /** A function is named by its name, its partial or its full ARN. Each of them, or the query, can contain a version or an alias. */
  private find({ FunctionName: nameOrArn, Qualifier }: Input): FunctionConfiguration {
    const { account, functions, region } = this.options;
    const { region: inRegion = region, account: ofAccount = account, name = '', qualifier: inName } = FUNCTION_NAME.exec(nameOrArn)?.groups ?? {};
    if (Qualifier !== undefined && inName !== undefined && Qualifier !== inName) {
      throw invalid('The derived qualifier from the function name does not match the specified qualifier.');
    }
    const qualifier = Qualifier ?? inName;
    const functionArn = `arn:aws:lambda:${inRegion}:${ofAccount}:function:${name}`;
    // No versions are published, and there are no aliases.
    const found = qualifier === undefined || qualifier === '$LATEST' ? functions.find(functionArn) : undefined;
    if (inRegion === region && ofAccount === account && found) return found;
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn}${qualifier === undefined ? '' : `:${qualifier}`}`, 404);
  }

  private describe(configuration: FunctionConfiguration): JsonObject {
    return describe(configuration, this.options.functions.modifiedAt(configuration.functionArn));
  }

  private async invoke({ input, payload: body }: Request): Promise<HttpReply> {
    const { functionArn } = this.find(input);
    const { functions } = this.options;
    const { InvocationType: type = 'RequestResponse', LogType: logType } = input;
    const payload = payloadOf(body);
    if (type === 'DryRun') return { status: 204 };
    if (type === 'Event') {
      functions.invokeAsync(functionArn, payload);
      return { status: 202 };
    }
    const from = functions.logs(functionArn).length;
    const log = (): { [header: string]: string } => logType === 'Tail'
      ? { 'x-amz-log-result': Buffer.from(functions.logs(functionArn).slice(from).join('\n')).subarray(-MAX_LOG_RESULT).toString('base64') }
      : {};
    const version = { 'Content-Type': 'application/json', 'x-amz-executed-version': '$LATEST' };
    try {
      const result = await functions.invoke(functionArn, payload);
      return { status: 200, headers: { ...version, ...log() }, body: JSON.stringify(result) };
    } catch (error) {
      if (!(error instanceof FunctionError)) throw error;
      const { errorMessage, errorType } = error;
      const trace = error instanceof InvocationError ? [...error.trace] : [];
      return { status: 200, headers: { ...version, ...log(), 'x-amz-function-error': 'Unhandled' }, body: JSON.stringify({ errorType, errorMessage, trace }) };
    }
  }

  private list({ Marker, MaxItems = PAGE }: Input): HttpReply {
    const { items, nextToken } = page(this.options.functions.list(), Math.min(Number(MaxItems), PAGE), Marker as string | undefined, 'InvalidParameterValueException');
    return json({ Functions: items.map((function_) => this.describe(function_)), ...nextToken && { NextMarker: nextToken } });
  }

  private codeOf({ S3Bucket: bucket, S3Key: key, ZipFile: zip }: Input): string {
    if (typeof zip === 'string' && (bucket ?? key) !== undefined) {
      throw invalid('Please do not provide other FunctionCode parameters when providing a ZipFile.');
    }
    if (typeof zip === 'string') return unzipped(() => this.options.unpacked(Buffer.from(zip, 'base64')));
    if (typeof bucket !== 'string' || typeof key !== 'string') throw invalid('Please provide a source for function code.');
    return unzipped(() => this.options.codeAt(bucket, key));
  }

  private update(input: Input, changes: () => Partial<FunctionConfiguration>): HttpReply {
    const found = this.find(input);
    if (input.RevisionId !== undefined && input.RevisionId !== revisionOf(found)) {
      throw new ServiceError('PreconditionFailedException', 'The Revision Id provided does not match the latest Revision Id. Call the ' +
        'GetFunction/GetAlias API to retrieve the latest Revision Id', 412);
    }
    const changed = { ...found, ...changes() };
    if (input.DryRun !== true) this.options.functions.put(changed);
    return json(this.describe(changed));
  }
}

/** The maximum number of functions on a page. */
const PAGE = 50;

function unzipped(unpack: () => string): string {
  try {
    return unpack();
  } catch (error) {
    if (!(error instanceof ServiceError)) throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
    throw invalid(`Error occurred while GetObject. S3 Error Code: ${error.code}. S3 Error Message: ${error.message}`);
  }
}

function invalid(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}

function membersOf(names: { readonly [name: string]: string }, valueOf: (name: string) => string | string[] | undefined): JsonObject {
  return Object.fromEntries(Object.entries(names).map(([name, member]) => [member, valueOf(name)]).filter(([, value]) => value !== undefined));
}

function decoded(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function at(path: string): RegExp {
  return new RegExp(`^/\\d{4}-\\d{2}-\\d{2}${path}$`);
}

function refuseOperation(request: HttpRequest): never {
  throw notEmulated(request);
}

function json(body: JsonObject | { readonly [member: string]: Json }, status = 200): HttpReply {
  return { status, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

function parsed(body: Buffer): JsonObject {
  const value = payloadOf(body);
  if (!isObject(value)) throw new ServiceError('SerializationException', 'Expected structure or null');
  return value;
}

function payloadOf(body: Buffer): Json {
  try {
    return JSON.parse(body.toString() || '{}') as Json;
  } catch (error) {
    throw new ServiceError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`);
  }
}

function changesOf({ Description, Environment, Handler, MemorySize, Role, Runtime, Timeout }: Input): Partial<FunctionConfiguration> {
  return {
    ...Description !== undefined && { description: String(Description) },
    ...Environment && { environment: (Environment as { Variables?: { [name: string]: string } }).Variables ?? {} },
    ...Handler !== undefined && { handler: String(Handler) },
    ...MemorySize !== undefined && { memoryMb: Number(MemorySize) },
    ...Role !== undefined && { roleArn: String(Role) },
    ...Runtime !== undefined && { runtime: String(Runtime) },
    ...Timeout !== undefined && { timeoutSeconds: Number(Timeout) },
  };
}

/** The ID of a revision, which changes with the configuration and the code. */
function revisionOf(configuration: FunctionConfiguration): string {
  const hash = createHash('sha256').update(JSON.stringify(configuration)).digest('hex');
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** The size of the code, which is not compressed here, in bytes. */
function sizeOf(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

/** Changes take effect immediately. */
function describe(configuration: FunctionConfiguration, modifiedAt: number): JsonObject {
  const { codeDirectory, description, environment, functionArn, functionName, handler, logGroup } = configuration;
  const { memoryMb, roleArn, runtime, timeoutSeconds } = configuration;
  return {
    FunctionName: functionName,
    FunctionArn: functionArn,
    Runtime: runtime,
    Role: roleArn,
    Handler: handler,
    ...description !== undefined && { Description: description },
    Timeout: timeoutSeconds,
    MemorySize: memoryMb,
    CodeSha256: createHash('sha256').update(codeDirectory).digest('base64'),
    CodeSize: sizeOf(codeDirectory),
    LastModified: new Date(modifiedAt).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    ...Object.keys(environment).length > 0 && { Environment: { Variables: { ...environment } } },
    LoggingConfig: { LogFormat: 'Text', LogGroup: logGroup ?? `/aws/lambda/${functionName}` },
    RevisionId: revisionOf(configuration),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
  };
}
