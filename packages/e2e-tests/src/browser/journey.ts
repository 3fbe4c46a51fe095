import { DevPortal } from './DevPortal';
import { People } from './People';

/**
 * Wraps tests of what people do in a portal. A test fails if a page had an uncaught error. A failed test saves
 * pictures and reports the portal's last output.
 *
 * @param where - called when a test has ended, because the portal and the people start after the tests are
 *   defined
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
