/**
 * Keeps an editor from saving over changes that it cannot see: every answer that can be edited has a tag.
 *
 * @throws Error if the backend sent none
 */
export function assertTag(etag: string | undefined): asserts etag is string {
  if (!etag) {
    throw new Error(
      'The backend did not say which version this page shows, so saving could undo what someone else saved. Nothing was saved. Reload the page; if that does not help, the backend is older than this page.',
    );
  }
}
