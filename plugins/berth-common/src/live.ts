/**
 * The channel of Backstage's signals on which the backend says that there is news; its messages are empty.
 *
 * @public
 */
export const BERTH_CHANGED_CHANNEL = 'berth:changed';
