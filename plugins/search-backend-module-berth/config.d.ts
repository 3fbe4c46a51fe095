import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  berth?: {
    search?: {
      /**
       * Who finds clusters and namespaces in the search. Without this setting nobody does.
       *
       * - `policy`: the people that the permission policy allows, which must use `BerthVisibility`
       * - `everybody`: everybody who can sign in
       */
      visibility?: 'policy' | 'everybody';

      /** How often clusters and namespaces are indexed; every 10 minutes by default. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
