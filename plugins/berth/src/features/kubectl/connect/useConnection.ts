import { useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ConnectedDevice } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../../api';
import { ConnectLink, callbackUrl } from './connectLink';
import { openCallback } from './openCallback';

/** The device after the person's click. */
export interface Connected extends ConnectedDevice {
  /** When the code stops working, in milliseconds since the epoch. */
  codeEndsAt: number;
}

/** The person's answer to the question whether kubectl may be connected. */
export interface Connection {
  /** In memory only: the code must not be in the address of the page or in a store of the browser. */
  connected?: Connected;
  declined: boolean;
  connecting: boolean;
  /** Why the device was not connected. */
  error?: unknown;
  connect: () => Promise<void>;
  decline: () => void;
}

/** Connects the device of a link when the person says so, and hands the code to the computer. */
export function useConnection({ request, callback }: ConnectLink): Connection {
  const api = useApi(berthApiRef);
  const asked = useRef(false);
  const [state, setState] = useState<
    Pick<Connection, 'connected' | 'declined' | 'connecting' | 'error'>
  >({ declined: false, connecting: false });

  const connect = async () => {
    if (asked.current) {
      return;
    }
    asked.current = true;
    setState({ declined: false, connecting: true });
    try {
      const device = await api.connectDevice(request);
      const codeEndsAt = Date.now() + device.codeExpiresIn * 1000;
      setState({
        declined: false,
        connecting: false,
        connected: { ...device, codeEndsAt },
      });
      if (callback) {
        openCallback(callbackUrl(callback, device));
      }
    } catch (error) {
      asked.current = false;
      setState({ declined: false, connecting: false, error });
    }
  };

  return {
    ...state,
    connect,
    decline: () => setState({ declined: true, connecting: false }),
  };
}
