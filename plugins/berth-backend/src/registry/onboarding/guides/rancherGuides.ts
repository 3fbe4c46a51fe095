import { toYaml } from '@berth/plugin-berth-common';
import { apiServerSetup } from '../apiServerSetup';
import { GuideMaker } from '../types';
import { fileSteps } from './apiServerGuides';
import { manifestSteps } from './manifestGuide';

/** @see https://docs.k3s.io/installation/configuration#configuration-file */
export const k3sGuide = rancherGuide('k3s', 'k3s', {});

/**
 * The API server runs in a container, so the folder is mounted.
 *
 * @see https://docs.rke2.io/advanced#extra-control-plane-component-volume-mounts
 */
export const rke2Guide = rancherGuide('RKE2', 'rke2', {
  'kube-apiserver-extra-mount+': [
    '/etc/rancher/rke2/berth:/etc/rancher/rke2/berth:ro',
  ],
});

function rancherGuide(
  title: string,
  program: 'k3s' | 'rke2',
  mount: Record<string, string[]>,
): GuideMaker {
  const folder = `/etc/rancher/${program}/berth`;
  const service = program === 'k3s' ? 'k3s' : 'rke2-server';
  return context => {
    const setup = apiServerSetup(context, folder);
    return {
      title,
      notes: setup.notes,
      steps: [
        ...fileSteps(setup, folder),
        {
          title: `Save this as /etc/rancher/${program}/config.yaml.d/berth.yaml on each server`,
          why: 'It adds the arguments to those in other files',
          language: 'yaml',
          filename: 'berth.yaml',
          text: toYaml({
            'kube-apiserver-arg+': setup.arguments.map(
              ({ name, value }) => `${name}=${value}`,
            ),
            ...(setup.files.length > 0 && mount),
          }),
        },
        {
          title: 'Restart the servers, one after the other',
          why: 'They read their configuration when they start. Workloads keep running',
          language: 'shell',
          text: `sudo systemctl restart ${service}\n`,
        },
        ...manifestSteps(context),
      ],
    };
  };
}
