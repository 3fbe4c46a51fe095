import { OnboardingStep, toYaml } from '@berth/plugin-berth-common';
import { ApiServerSetup, apiServerSetup } from '../apiServerSetup';
import { GuideMaker, OnboardingContext } from '../types';
import { isAtLeast } from '../../../model/versions';
import { fileSteps } from './apiServerGuides';
import { manifestSteps } from './manifestGuide';

const FOLDER = '/etc/kubernetes/berth';
const KUBEADM = 'kubeadm.k8s.io';

/** @see https://kubernetes.io/docs/tasks/administer-cluster/kubeadm/kubeadm-reconfigure/ */
export const kubeadmGuide: GuideMaker = context => {
  const setup = apiServerSetup(context, FOLDER);
  // kubeadm reads v1beta4 since 1.31, and v1beta3 at least up to 1.36.
  const api = isAtLeast(context.version, 31) ? 'v1beta4' : 'v1beta3';
  return {
    title: 'kubeadm',
    notes: setup.notes,
    steps: [
      ...fileSteps(setup),
      {
        title: "Get the cluster's configuration",
        why: 'kubeadm writes the manifest of the API server from the whole configuration',
        language: 'shell',
        text: "kubectl -n kube-system get configmap kubeadm-config \\\n  -o jsonpath='{.data.ClusterConfiguration}' >kubeadm.yaml\n",
      },
      {
        title: 'Merge this into kubeadm.yaml',
        why: "It then also applies when nodes are upgraded or added. Keep the file's own apiVersion and its form of extraArgs if they differ",
        language: 'yaml',
        filename: 'berth-kubeadm.yaml',
        text: toYaml(clusterConfiguration(setup, api)),
      },
      {
        title: 'Upload the configuration once',
        why: 'Nodes that are upgraded or added read it from the cluster',
        language: 'shell',
        text: 'sudo kubeadm init phase upload-config kubeadm --config kubeadm.yaml\n',
      },
      {
        title: 'Apply it on each control plane node in turn',
        why: 'The kubelet restarts the API server with the new arguments',
        language: 'shell',
        text: 'sudo kubeadm init phase control-plane apiserver --config kubeadm.yaml\n',
      },
      ...manifestSteps(context),
    ],
  };
};

/** @see https://kind.sigs.k8s.io/docs/user/configuration/ */
export const kindGuide: GuideMaker = context => {
  const setup = apiServerSetup(context, FOLDER);
  return {
    title: 'kind',
    notes: [
      'kind configures an API server only when it creates the cluster, and creates a new CA each time: create the cluster with this file, then enter its new CA in the settings of this cluster. The id of the cluster and this file stay the same.',
      'Inside kind, localhost is the node: the issuer needs an address that the node can reach.',
      ...setup.notes,
    ],
    steps: [
      ...fileSteps(setup, './berth'),
      {
        title: 'Save the configuration of the cluster',
        why: 'It mounts the folder with the file into the node and sets the arguments of the API server',
        language: 'yaml',
        filename: 'kind.yaml',
        text: toYaml(kindCluster(context, setup)),
      },
      createKindStep(context),
      ...manifestSteps(context),
    ],
  };
};

function createKindStep({ cluster }: OnboardingContext): OnboardingStep {
  return {
    title: 'Create the cluster and show its CA',
    why: "The portal trusts only the CA in the cluster's settings: paste the new one there",
    language: 'shell',
    text: [
      'mkdir -p berth',
      `kind create cluster --name ${cluster.name} --config kind.yaml`,
      `kind get kubeconfig --name ${cluster.name} | sed -n 's/.*certificate-authority-data: //p'`,
      '',
    ].join('\n'),
  };
}

function kindCluster(context: OnboardingContext, setup: ApiServerSetup) {
  const { hostname, port } = new URL(context.cluster.apiServer);
  const local = hostname === '127.0.0.1' || hostname === 'localhost';
  return {
    kind: 'Cluster',
    apiVersion: 'kind.x-k8s.io/v1alpha4',
    ...(local &&
      port !== '' && {
        networking: {
          apiServerAddress: '127.0.0.1',
          apiServerPort: Number(port),
        },
      }),
    nodes: [
      {
        role: 'control-plane',
        ...(setup.files.length > 0 && {
          extraMounts: [
            { hostPath: './berth', containerPath: FOLDER, readOnly: true },
          ],
        }),
      },
    ],
    // kind uses the patch that fits the version of kubeadm in the node.
    kubeadmConfigPatches: ['v1beta3', 'v1beta4'].map(api =>
      toYaml(clusterConfiguration(setup, api)),
    ),
  };
}

/** @see https://kubernetes.io/docs/reference/config-api/kubeadm-config.v1beta4/ */
function clusterConfiguration(setup: ApiServerSetup, api: string) {
  return {
    apiVersion: `${KUBEADM}/${api}`,
    kind: 'ClusterConfiguration',
    apiServer: {
      extraArgs:
        api === 'v1beta3'
          ? Object.fromEntries(
              setup.arguments.map(({ name, value }) => [name, value]),
            )
          : setup.arguments,
      ...(setup.files.length > 0 && {
        extraVolumes: [
          {
            name: 'berth',
            hostPath: FOLDER,
            mountPath: FOLDER,
            readOnly: true,
            pathType: 'Directory',
          },
        ],
      }),
    },
  };
}
