import type { KubectlCluster } from '@berth/plugin-berth-common';
import { Problem } from '../Problem';
import { Device } from './Device';
import { DeviceSession } from './DeviceSession';

export interface Clusters {
  items: KubectlCluster[];
  /** The CA of the portal, a PEM bundle in base64. */
  portalCaData?: string;
}

/** Asks the portal for the clusters that the person may use. */
export async function fetchClusters(device: Device): Promise<Clusters> {
  const session = new DeviceSession(device.portal, device, device.clockOffset);
  const { items, portalCaData } = await session.call({ act: 'clusters' });
  if (!Array.isArray(items) || !items.every(isCluster)) {
    throw new Problem(
      `${new URL(device.portal).host} did not answer with a list of clusters.`,
    );
  }
  return {
    items,
    ...(typeof portalCaData === 'string' && { portalCaData }),
  };
}

function isCluster(item: Partial<KubectlCluster> | null): boolean {
  return (
    [item?.name, item?.id, item?.server, item?.username].every(
      value => typeof value === 'string',
    ) &&
    Array.isArray(item?.namespaces) &&
    /^https?:\/\//.test(item?.server ?? '')
  );
}
