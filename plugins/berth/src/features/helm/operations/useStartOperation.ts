import { useRef } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  HelmOperationOptions,
  HelmOperationRequest,
} from '@berth/plugin-berth-common';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router-dom';
import { ulid } from 'ulid';
import { berthApiRef } from '../../../api';
import { useOperationHref } from './address';
import { Checked } from './usePreview';

/**
 * Returns a function that starts an operation as it was previewed, and opens its page. It rejects if the operation did
 * not start. A repeated call for the same preview starts nothing twice, because it has the same id.
 */
export function useStartOperation(): (
  checked: Checked,
  options: HelmOperationOptions,
) => Promise<void> {
  const api = useApi(berthApiRef);
  const client = useQueryClient();
  const navigate = useNavigate();
  const hrefOf = useOperationHref();
  const last = useRef<{ written: string; id: string }>();
  return async ({ request, preview }, options) => {
    const body: HelmOperationRequest = {
      ...request,
      previewDigest: preview.digest,
      options,
    };
    const written = JSON.stringify(body);
    if (last.current?.written !== written) {
      last.current = { written, id: ulid() };
    }
    const { id } = await api.startHelmOperation(last.current.id, body);
    const { cluster, namespace, release } = request;
    const address = { cluster, namespace, release };
    void client.invalidateQueries({ queryKey: ['release', address] });
    navigate(hrefOf(address, id));
  };
}
