import { networkFinding } from './network';

describe('P18 the check of network policies', () => {
  it.each([
    ['Calico', 'projectcalico.org/IPv4Address', 'Passed'],
    ['Cilium', 'network.cilium.io/ipv4-cilium-host', 'Passed'],
    ['OVN-Kubernetes', 'k8s.ovn.org/node-subnets', 'Passed'],
    ['flannel', 'flannel.alpha.coreos.com/backend-type', 'Warning'],
  ])('knows %s by %s', (name, key, status) => {
    const found = networkFinding(['kubernetes.io/hostname', key]);
    expect(found.status).toBe(status);
    expect(found.message).toMatch(new RegExp(`^${name} `));
  });

  it('takes flannel with Calico as Calico', () => {
    expect(
      networkFinding([
        'flannel.alpha.coreos.com/backend-type',
        'projectcalico.org/IPv4Address',
      ]).status,
    ).toBe('Passed');
  });

  it('does not say that flannel in K3s has no effect, because K3s enforces policies itself', () => {
    expect(
      networkFinding([
        'flannel.alpha.coreos.com/backend-type',
        'k3s.io/hostname',
      ]).status,
    ).toBe('Skipped');
  });

  it.each([
    ['addon.gke.io/node-local-dns-ds-ready', /dns: node-local/],
    ['node.openshift.io/os_id', /dns: openshift/],
    ['kubernetes.io/hostname', /may read neither pods nor services/],
  ])('says by %s how pods reach DNS', (key, text) => {
    const found = networkFinding([key]);
    expect(found.message).toMatch(text);
    expect(found.status).toBe('Skipped');
    expect(found.message).toMatch(/not known whether network policies have/);
  });
});
