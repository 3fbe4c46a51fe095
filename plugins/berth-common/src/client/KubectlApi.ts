import type {
  ConnectDeviceRequest,
  ConnectedDevice,
  KubeconfigQuery,
  KubectlDevice,
  KubectlDeviceListQuery,
  KubectlDeviceQuery,
  KubectlPortal,
} from '../api/kubectl';
import type { CountedPage } from '../api/paging';

/**
 * The part of the API for the computers that are signed in with kubectl.
 *
 * @public
 */
export interface KubectlApi {
  /** Returns what kubectl-berth needs to know of this portal. Rejects with status 404 if sign-in with kubectl is turned off. */
  getKubectlPortal(): Promise<KubectlPortal>;
  /** Confirms a sign-in of kubectl. The code in the result activates the device, once and with its key. */
  connectDevice(request: ConnectDeviceRequest): Promise<ConnectedDevice>;
  /** Lists the devices that are or were signed in with kubectl, the newest first. */
  listDevices(
    query?: KubectlDeviceListQuery,
  ): Promise<CountedPage<KubectlDevice>>;
  /** Ends the sign-in of a device. */
  endDevice(id: string): Promise<void>;
  /** Ends the sign-ins of all devices of a person, the caller by default. */
  endDevices(query?: KubectlDeviceQuery): Promise<void>;
  /** Returns a kubeconfig that calls kubectl-berth for each token, as YAML. It contains no secret. */
  getKubeconfig(query?: KubeconfigQuery): Promise<string>;
}
