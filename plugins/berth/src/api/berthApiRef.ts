import { createApiRef } from '@backstage/core-plugin-api';
import { BerthApi } from '@berth/plugin-berth-common';

/**
 * Berth's backend as the pages use it.
 *
 * @public
 */
export const berthApiRef = createApiRef<BerthApi>({ id: 'plugin.berth.api' });
