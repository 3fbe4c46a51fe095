import { DevPortal } from './DevPortal';
import { People } from './People';

/**
 * Makes tests of what people do in a portal: each fails if a page had an uncaught error, and leaves pictures
 * and the portal's words behind if it fails.
 *
 * @param where - asked when a test has run, as both start after the tests were made
 */
export function journeysIn(where: () => { portal: DevPortal; people: People }) {
  return (test: () => Promise<void>) => async () => {
    try {
      await test();
      expect(where().people.errors).toEqual([]);
    } catch (error) {
      const { portal, people } = where();
      await people.photograph();
      throw new Error(
        `${error}\n\nThe portal wrote:\n${portal.log.slice(-3000)}`,
        { cause: error },
      );
    }
  };
}
