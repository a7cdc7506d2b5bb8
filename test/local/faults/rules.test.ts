import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Clock } from '../../../local/clock';
import { Faults, type FaultMatch, type FaultTime, parseFaultFlag, readFaults } from '../../../local/faults';

const START = '2026-01-01T00:00:00Z';

/** Which of so many calls, a second apart, are throttled. */
async function struck(when: FaultTime, count: number, seed = 0): Promise<number[]> {
  const clock = new Clock({ startAt: new Date(START) });
  const faults = new Faults([{ fault: 'throttle', when }], { clock, seed });
  const numbers: number[] = [];
  for (let n = 1; n <= count; n++) {
    if (faults.onCall('sagemaker', 'ListTags', {}, n, 'AKID')) numbers.push(n);
    await clock.advance(1000);
  }
  return numbers;
}

describe('when', () => {
  test.each<[string, FaultTime, number[]]>([
    ['always', {}, [1, 2, 3, 4, 5, 6]],
    ['the nth', { nth: 2 }, [2]],
    ['several', { nth: [1, 4] }, [1, 4]],
    ['every nth', { every: 2 }, [2, 4, 6]],
    ['the first', { first: 2 }, [1, 2]],
    ['from a time on', { from: 4 }, [5, 6]],
    ['until a time', { until: 2 }, [1, 2]],
    ['between dates', { from: '2026-01-01T00:00:01Z', until: '2026-01-01T00:00:03Z' }, [2, 3]],
    ['all of it', { every: 2, from: 2 }, [4, 6]],
    ['never', { probability: 0 }, []],
  ])('%s', async (_, when, expected) => {
    expect(await struck(when, 6)).toEqual(expected);
  });

  test('chance depends on the seed only', async () => {
    const when = { probability: 0.5 };
    const once = await struck(when, 40, 7);
    expect(once.length).toBeGreaterThan(10);
    expect(once.length).toBeLessThan(30);
    expect(await struck(when, 40, 7)).toEqual(once);
    expect(await struck(when, 40, 8)).not.toEqual(once);
  });
});

describe('match', () => {
  const input = { TrainingJobName: 'churn-1', RoleArn: 'arn:aws:iam::111122223333:role/r', ResourceConfig: { InstanceType: 'ml.g5.xlarge', InstanceCount: 2 } };

  test.each<[FaultMatch, boolean]>([
    [{}, true],
    [{ service: 'sagemaker' }, true],
    [{ service: 'states' }, false],
    [{ operation: 'Create*Job' }, true],
    [{ operation: 'Create*Config' }, false],
    [{ resource: 'churn-?' }, true],
    [{ resource: 'churn' }, false],
    [{ resource: 'arn:*' }, false],
    [{ caller: 'AKID*' }, true],
    [{ caller: 'ASIA*' }, false],
    [{ input: { 'ResourceConfig.InstanceType': 'ml.g5.*' } }, true],
    [{ input: { 'ResourceConfig.InstanceCount': '2', 'RoleArn': '*/r' } }, true],
    [{ input: { 'ResourceConfig.InstanceType': 'ml.g5.*', 'Nothing.There': 'x' } }, false],
    [{ operation: 'CreateTrainingJob', resource: 'other' }, false],
  ])('%j: %s', (match, expected) => {
    const faults = new Faults([{ fault: 'throttle', match }], { clock: new Clock() });
    expect(faults.onCall('sagemaker', 'CreateTrainingJob', input, 1, 'AKIDTEST') !== undefined).toBe(expected);
  });

  test('finds a resource by its ARN where it has no name', () => {
    const faults = new Faults([{ fault: 'throttle', match: { resource: '*:training-job/churn' } }], { clock: new Clock() });
    expect(faults.onCall('sagemaker', 'AddTags', { ResourceArn: 'arn:aws:sagemaker:eu-west-1:1:training-job/churn', Tags: [] }, 1, 'AKID')).toBeDefined();
  });
});

test('where several rules strike, the first one happens, and each counts for itself', () => {
  const faults = new Faults([{ fault: 'lost-request', when: { every: 3 } }, { fault: 'throttle', when: { every: 2 } }], { clock: new Clock() });
  const happened = [1, 2, 3, 4, 5, 6].map((n) => {
    const fault = faults.onCall('sagemaker', 'ListTags', {}, n, 'AKID');
    return fault && (fault.answer?.code ?? 'lost');
  });
  expect(happened).toEqual([undefined, 'ThrottlingException', 'lost', 'ThrottlingException', undefined, 'lost']);
});

describe('a file', () => {
  const directory = mkdtempSync(join(tmpdir(), 'rules-'));
  const file = join(directory, 'faults.json');
  afterAll(() => rmSync(directory, { recursive: true }));
  const read = (content: unknown) => {
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return readFaults(file);
  };

  test('holds a list of rules', () => {
    const rules = [
      { fault: 'delay', seconds: 3, match: { input: { TrainingJobName: 'a*' } }, when: { nth: [1, 2], probability: 0.5 } },
      { fault: 'error', name: 'outage', status: 503, afterDeed: true, when: { from: '2026-01-01T00:00:00Z' } },
    ];
    expect(read(rules)).toEqual(rules);
  });

  test.each([
    ['no JSON', /faults\.json: .*JSON/],
    [{}, /faults\.json: must contain a list of rules/],
    [['throttle'], /rule 1: must be an object/],
    [[{ fault: 'throttle' }, { fault: 'explode' }], /rule 2: unknown fault 'explode'; available: throttle, rate-limit, /],
    [[{ fault: 'throttle', seconds: 3 }], /rule 1: unknown member 'seconds'; available: name/],
    [[{ fault: 'throttle', match: { op: 'x' } }], /unknown member 'match\.op'; available: service, operation/],
    [[{ fault: 'throttle', when: { every: 0, sometimes: 1 } }], /when\.every must be an integer of at least 1; got 0; unknown member 'when\.sometimes'/],
    [[{ fault: 'throttle', when: { probability: 2 } }], /when\.probability must be a number from 0 to 1/],
    [[{ fault: 'throttle', when: { until: 'soon' } }], /when\.until must be seconds, or a date/],
    [[{ fault: 'throttle', match: { input: { Size: 3 } } }], /match\.input must be an object of strings/],
    [[{ fault: 'throttle', when: 3 }], /when must be an object/],
    [[{ fault: 'delay' }], /seconds is required for delay/],
    [[{ fault: 'delay', seconds: '3' }], /seconds must be a number of at least 0; got "3"/],
  ])('with %j is refused', (content, message) => {
    expect(() => read(content)).toThrow(message);
  });
});

describe('a flag', () => {
  test.each([
    ['throttle', { fault: 'throttle' }],
    ['throttle:CreateTrainingJob:every=3', { fault: 'throttle', match: { operation: 'CreateTrainingJob' }, when: { every: 3 } }],
    ['kill-after:StopTrainingJob:nth=1', { fault: 'kill-after', match: { operation: 'StopTrainingJob' }, when: { nth: 1 } }],
    ['lost-answer:nth=1,3', { fault: 'lost-answer', when: { nth: [1, 3] } }],
    ['late:Delete:resource=Training*:seconds=300', { fault: 'late', match: { operation: 'Delete', resource: 'Training*' }, seconds: 300 }],
    ['capacity:instanceType=ml.p4d.*:until=3600', { fault: 'capacity', match: { instanceType: 'ml.p4d.*' }, when: { until: 3600 } }],
    ['error:Create*:input.ResourceConfig.InstanceCount=2:code=Oops:afterDeed=true',
      { fault: 'error', match: { operation: 'Create*', input: { 'ResourceConfig.InstanceCount': '2' } }, code: 'Oops', afterDeed: true }],
    ['rate-limit:Create*Job:perSecond=0.5', { fault: 'rate-limit', match: { operation: 'Create*Job' }, perSecond: 0.5 }],
  ])('%s', (flag, rule) => {
    expect(parseFaultFlag(flag)).toEqual(rule);
  });

  test.each([
    ['explode', /--fault explode: unknown fault 'explode'/],
    ['throttle:CreateTrainingJob:often', /each part must have the form member=value; got 'often'/],
    ['throttle:CreateTrainingJob:each=3', /unknown member 'each'/],
    ['delay:CreateTrainingJob:seconds=long', /seconds must be a number/],
  ])('%s is refused', (flag, message) => {
    expect(() => parseFaultFlag(flag)).toThrow(message);
  });
});
