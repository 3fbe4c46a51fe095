import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  berth?: {
    catalog?: {
      /**
       * Who sees clusters and namespaces in the catalog. Without it, there are none.
       *
       * - `policy`: whom the permission policy lets, which must use `BerthVisibility`
       * - `everybody`: everybody who can sign in
       */
      visibility?: 'policy' | 'everybody';

      /** How often they are read; every 5 minutes by default. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * Entity ref of the group that owns clusters, and namespaces for which no group answers; the first
       * of `berth.admins` by default.
       */
      owner?: string;
    };
  };
}
