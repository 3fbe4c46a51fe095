/**
 * Prevents the start of a production portal in which Node.js accepts every certificate. Calls to clusters use
 * their own CA and are not affected, but sign-in, the catalog and the database are.
 *
 * @throws Error naming the setting and the remedy
 * @see https://nodejs.org/api/cli.html#node_tls_reject_unauthorizedvalue
 */
export function assertTlsVerified(
  environment: Record<string, string | undefined>,
  { production }: { production: boolean },
): void {
  if (production && environment.NODE_TLS_REJECT_UNAUTHORIZED === '0') {
    throw new Error(
      'NODE_TLS_REJECT_UNAUTHORIZED is 0, so that no certificate would be checked, and Berth does not start in production like this. Unset it, and give the CA of a private certificate in NODE_EXTRA_CA_CERTS',
    );
  }
}
