import type { Use } from './job-role';
import { logging, networkInterfaces, volumeKey } from './needs';
import type { NotebookSettings } from '../notebook/notebook-types';

/** The uses of a notebook instance's role by the service itself. */
export const NOTEBOOK_USES: readonly Use<NotebookSettings>[] = [
  {
    when: 'Starting',
    needs: ({ SubnetId: subnet, SecurityGroupIds: groups }, surroundings) =>
      subnet === undefined ? [] : networkInterfaces({ Subnets: [subnet], SecurityGroupIds: groups }, surroundings),
  },
  { when: 'Starting', needs: ({ KmsKeyId: key }, surroundings) => volumeKey(key, surroundings) },
  { when: 'aside', needs: (_, surroundings) => logging('NotebookInstances', surroundings) },
];
