import * as sdk from '@aws-sdk/client-sagemaker';
import { SAGEMAKER_MODEL } from '../../../local/sagemaker/model';

/** The enumerations of the SDK by the names of their shapes; one of them has another name there. */
const ENUMERATIONS = { ...sdk, InstanceType: sdk._InstanceType } as unknown as { readonly [shape: string]: Record<string, string> | undefined };

test('the model has all values of the enumerations that the SDK has', () => {
  const ours = Object.entries(SAGEMAKER_MODEL.shapes).filter(([, shape]) => shape.enum !== undefined);
  expect(ours.length).toBeGreaterThan(40);
  expect(Object.fromEntries(ours.map(([name, shape]) => [name, [...shape.enum!].sort()])))
    .toEqual(Object.fromEntries(ours.map(([name]) => [name, Object.values(ENUMERATIONS[name] ?? {}).sort()])));
});
