import { relayKubeconfig } from './kubeconfig';

describe('the kubeconfig of the relay', () => {
  // helm reads YAML 1.1, in which these are booleans and numbers without quotes.
  it.each(['on', 'off', 'yes', 'no', 'y', 'n', '0b1', '0o7', '123', '1e3'])(
    'K1 gives helm the namespace "%s" as text',
    namespace => {
      expect(relayKubeconfig('http://127.0.0.1:1', namespace)).toContain(
        `namespace: "${namespace}"`,
      );
    },
  );
});
