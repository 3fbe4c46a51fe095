import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  berth?: {
    catalog?: {
      /**
       * Who sees clusters and namespaces in the catalog. Without this setting the catalog has none.
       *
       * - `policy`: the people that the permission policy allows, which must use `BerthVisibility`
       * - `everybody`: everybody who can sign in
       */
      visibility?: 'policy' | 'everybody';

      /** How often Berth is read; every 5 minutes by default. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;

      /**
       * Entity ref of the group that owns clusters, and namespaces without an owner; the first of
       * `berth.admins` by default.
       */
      owner?: string;
    };
  };
}
