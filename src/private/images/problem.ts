import type { ContainerImageConfig } from '../../container-image';
import type { Violation } from '../validation';

/** What is wrong with an image itself. */
export function problemOf(property: string, image: ContainerImageConfig | undefined): Violation[] {
  return image?.problem === undefined ? [] : [{ property, rule: image.problem }];
}
