/**
 * The channel of Backstage's signals on which the backend announces changes. Its messages are empty.
 *
 * @public
 */
export const BERTH_CHANGED_CHANNEL = 'berth:changed';
