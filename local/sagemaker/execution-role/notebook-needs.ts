import type { Use } from './job-role';
import { logging, networkInterfaces, volumeKey } from './needs';
import type { NotebookSettings } from '../notebook/notebook-types';

/** For what a notebook instance uses its role before anybody works there. */
export const NOTEBOOK_USES: readonly Use<NotebookSettings>[] = [
  {
    when: 'Starting',
    needs: ({ SubnetId: subnet, SecurityGroupIds: groups }, surroundings) =>
      subnet === undefined ? [] : networkInterfaces({ Subnets: [subnet], SecurityGroupIds: groups }, surroundings),
  },
  { when: 'Starting', needs: ({ KmsKeyId: key }, surroundings) => volumeKey(key, surroundings) },
  { when: 'aside', needs: (_, surroundings) => logging('NotebookInstances', surroundings) },
];
