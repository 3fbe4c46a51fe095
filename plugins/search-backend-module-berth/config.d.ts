import { SchedulerServiceTaskScheduleDefinitionConfig } from '@backstage/backend-plugin-api';

export interface Config {
  berth?: {
    search?: {
      /**
       * Who finds clusters and namespaces by searching. Without it, nobody does.
       *
       * - `policy`: whom the permission policy lets, which must use `BerthVisibility`
       * - `everybody`: everybody who can sign in
       */
      visibility?: 'policy' | 'everybody';

      /** How often they are indexed; every 10 minutes by default. */
      schedule?: SchedulerServiceTaskScheduleDefinitionConfig;
    };
  };
}
