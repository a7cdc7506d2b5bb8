import { createHash } from 'node:crypto';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFunctions } from './index';
import { InvocationError } from './invocation-error';
import { notEmulated } from '../api/json-protocol';
import { page } from '../api/page';
import type { HttpReply, HttpRequest, Invocation, Protocol } from '../api/protocol';
import { ServiceError } from '../api/service-error';
import { isObject, type JsonObject } from '../json';
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

/** The parameters of a request: the name or ARN of a function, the query, the headers and the body. */
interface Request {
  readonly name: string;
  readonly http: HttpRequest;
  readonly body: JsonObject;
}

interface Operation {
  readonly method: string;
  /** The path after the version of the API, whose group is the name of the function. */
  readonly path: RegExp;
  run(request: Request): HttpReply | Promise<HttpReply>;
}

const FUNCTION = '/functions/([^/]+)';
const FUNCTION_NAME = /^(?:(?:arn:aws:lambda:(?<region>[^:]+):)?(?:(?<account>\d{12}):)?function:)?(?<name>[^:]+)(?::(?<qualifier>[^:]+))?$/;
const MAX_LOG_RESULT = 4096;

/** The Lambda API, in REST with JSON. */
export class LambdaApi implements Protocol {
  readonly name = 'lambda';
  readonly operations: { readonly [operation: string]: Operation } = {
    Invoke: { method: 'POST', path: at(`${FUNCTION}/invocations`), run: (request) => this.invoke(request) },
    GetFunction: {
      method: 'GET',
      path: at(FUNCTION),
      run: ({ http, name }) => json({
        Configuration: this.describe(name, http.url.searchParams), Code: { RepositoryType: 'S3', Location: '' }, Tags: {},
      }),
    },
    GetFunctionConfiguration: { method: 'GET', path: at(`${FUNCTION}/configuration`), run: ({ http, name }) => json(this.describe(name, http.url.searchParams)) },
    ListFunctions: { method: 'GET', path: at('/functions/?'), run: ({ http }) => this.list(http.url.searchParams) },
    UpdateFunctionCode: { method: 'PUT', path: at(`${FUNCTION}/code`), run: ({ body, name }) => this.update(name, { codeDirectory: this.codeOf(body) }) },
    UpdateFunctionConfiguration: { method: 'PUT', path: at(`${FUNCTION}/configuration`), run: ({ body, name }) => this.update(name, changesOf(body)) },
  };

  readonly emulated = { lambda: Object.keys(this.operations) };

  constructor(private readonly options: LambdaApiOptions) {}

  speaks({ signer }: HttpRequest): boolean {
    return signer?.service === 'lambda';
  }

  read(http: HttpRequest): Invocation {
    const { method, url: { pathname } } = http;
    const [operation, { path, run }] = Object.entries(this.operations).find(([, one]) => one.method === method && one.path.test(pathname))
      ?? refuseOperation(http);
    const name = decodeURIComponent(path.exec(pathname)![1] ?? '');
    const isPayload = operation === 'Invoke';
    const body = parsed(http.body);
    let reply: HttpReply;
    return {
      service: 'lambda',
      operation,
      input: { ...name && { FunctionName: name }, ...isPayload ? {} : Object.fromEntries(Object.entries(body).filter(([member]) => member !== 'ZipFile')) },
      carryOut: async () => {
        reply = await run({ name, http, body });
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
  private find(nameOrArn: string, query?: URLSearchParams): FunctionConfiguration {
    const { account, functions, region } = this.options;
    const { region: inRegion = region, account: ofAccount = account, name = '', qualifier = query?.get('Qualifier') ?? undefined } = FUNCTION_NAME.exec(nameOrArn)?.groups ?? {};
    const functionArn = `arn:aws:lambda:${inRegion}:${ofAccount}:function:${name}`;
    // No versions are published, and there are no aliases.
    const found = qualifier === undefined || qualifier === '$LATEST' ? functions.find(functionArn) : undefined;
    if (inRegion === region && ofAccount === account && found) return found;
    throw new ServiceError('ResourceNotFoundException', `Function not found: ${functionArn}${qualifier === undefined ? '' : `:${qualifier}`}`, 404);
  }

  private describe(name: string, query?: URLSearchParams): JsonObject {
    const configuration = this.find(name, query);
    return describe(configuration, this.options.functions.modifiedAt(configuration.functionArn));
  }

  private async invoke({ http: { body, headers, url }, name }: Request): Promise<HttpReply> {
    const { functionArn } = this.find(name, url.searchParams);
    const { functions } = this.options;
    const type = headers['x-amz-invocation-type'] ?? 'RequestResponse';
    const payload = payloadOf(body);
    if (type === 'DryRun') return { status: 204 };
    if (type === 'Event') {
      functions.invokeAsync(functionArn, payload);
      return { status: 202 };
    }
    if (type !== 'RequestResponse') throw new ServiceError('InvalidParameterValueException', `Unknown invocation type ${String(type)}`);
    const from = functions.logs(functionArn).length;
    const log = (): { [header: string]: string } => headers['x-amz-log-type'] === 'Tail'
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

  private list(query: URLSearchParams): HttpReply {
    const size = Number(query.get('MaxItems') ?? 50);
    const { items, nextToken } = page(this.options.functions.list(), size, query.get('Marker') ?? undefined, 'InvalidParameterValueException');
    return json({ Functions: items.map(({ functionArn }) => this.describe(functionArn)), ...nextToken && { NextMarker: nextToken } });
  }

  private codeOf({ S3Bucket: bucket, S3Key: key, ZipFile: zip }: JsonObject): string {
    if (typeof zip === 'string') return this.options.unpacked(Buffer.from(zip, 'base64'));
    if (typeof bucket !== 'string' || typeof key !== 'string') {
      throw new ServiceError('InvalidParameterValueException', 'Please do not provide other FunctionCode parameters than ZipFile, or S3Bucket and S3Key.');
    }
    return this.options.codeAt(bucket, key);
  }

  private update(name: string, changes: Partial<FunctionConfiguration>): HttpReply {
    const changed = { ...this.find(name), ...changes };
    this.options.functions.put(changed);
    return json(this.describe(name));
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
  try {
    const value = JSON.parse(body.toString() || '{}') as Json;
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

function payloadOf(body: Buffer): Json {
  try {
    return JSON.parse(body.toString() || '{}') as Json;
  } catch (error) {
    throw new ServiceError('InvalidRequestContentException', `Could not parse request body into json: ${(error as Error).message}`);
  }
}

interface ConfigurationInput {
  readonly Description?: string;
  readonly Environment?: { readonly Variables?: { readonly [name: string]: string } };
  readonly Handler?: string;
  readonly MemorySize?: number;
  readonly Role?: string;
  readonly Runtime?: string;
  readonly Timeout?: number;
}

function changesOf({ Environment, Handler, MemorySize, Role, Runtime, Timeout }: ConfigurationInput): Partial<FunctionConfiguration> {
  return {
    ...Environment && { environment: Environment.Variables ?? {} },
    ...Handler !== undefined && { handler: Handler },
    ...MemorySize !== undefined && { memoryMb: MemorySize },
    ...Role !== undefined && { roleArn: Role },
    ...Runtime !== undefined && { runtime: Runtime },
    ...Timeout !== undefined && { timeoutSeconds: Timeout },
  };
}

/** The size of the code, which is not compressed here, in bytes. */
function sizeOf(directory: string): number {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.reduce((sum, file) => sum + statSync(join(file.parentPath, file.name)).size, 0);
}

function uuidOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/** Changes take effect immediately. */
function describe(configuration: FunctionConfiguration, modifiedAt: number): JsonObject {
  const { codeDirectory, environment, functionArn, functionName, handler, logGroup, memoryMb, roleArn, runtime, timeoutSeconds } = configuration;
  return {
    FunctionName: functionName,
    FunctionArn: functionArn,
    Runtime: runtime,
    Role: roleArn,
    Handler: handler,
    Timeout: timeoutSeconds,
    MemorySize: memoryMb,
    CodeSha256: createHash('sha256').update(codeDirectory).digest('base64'),
    CodeSize: sizeOf(codeDirectory),
    LastModified: new Date(modifiedAt).toISOString().replace('Z', '+0000'),
    Version: '$LATEST',
    ...Object.keys(environment).length > 0 && { Environment: { Variables: { ...environment } } },
    LoggingConfig: { LogFormat: 'Text', LogGroup: logGroup ?? `/aws/lambda/${functionName}` },
    RevisionId: uuidOf(JSON.stringify(configuration)),
    State: 'Active',
    LastUpdateStatus: 'Successful',
    PackageType: 'Zip',
    Architectures: ['x86_64'],
  };
}
