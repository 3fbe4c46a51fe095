import { createApiRef } from '@backstage/core-plugin-api';
import { BerthApi } from '@berth/plugin-berth-common';

/**
 * The API of Berth's backend.
 *
 * @public
 */
export const berthApiRef = createApiRef<BerthApi>({ id: 'plugin.berth.api' });
