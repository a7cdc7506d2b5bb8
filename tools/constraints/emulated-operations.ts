import { LocalCloud } from '../../local/cloud';

const START = '<!-- operations -->';
const END = '<!-- end of operations -->';

/** Returns a page with the table of the operations that the local cloud emulates, between its marks. */
export async function withEmulatedOperations(page: string): Promise<string> {
  const cloud = await LocalCloud.start();
  // SQS has two protocols.
  const services = Object.entries(Object.assign({}, ...cloud.in({}).protocols.map(({ emulated }) => emulated)) as { [service: string]: string[] });
  await cloud.stop();
  const rows = services.sort(([one], [other]) => one < other ? -1 : 1).map(([service, operations]) => `| ${service} | ${[...new Set(operations)].sort().join(', ')} |`);
  const table = ['| service | operations |', '|---|---|', ...rows].join('\n');
  const [before, rest] = page.split(START);
  return `${before}${START}\n${table}\n${END}${rest.split(END)[1]}`;
}
