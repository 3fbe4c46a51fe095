import { useRef, useState } from 'react';
import { Container, Header } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { RequestSpec } from '@berth/plugin-berth-common';
import { useNavigate, useSearchParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { usePageTitle } from '../../../kit/hooks';
import { requestRouteRef, requestsRouteRef } from '../../../routes';
import { useNotify, useText } from '../../../kit';
import { RequestForm, SendMode } from './RequestForm';
import { valuesOfSearch } from './requestForm';

const BYTES = 16;

/** Returns a unique key. Unlike `randomUUID`, it also works on pages without TLS. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return [...bytes].map(byte => byte.toString(16).padStart(2, '0')).join('');
}

/** Shows the form of a new request, filled from the address; it starts again when the address changes. */
export function NewRequestPage() {
  const [parameters] = useSearchParams();
  return <NewRequest key={`${parameters}`} parameters={parameters} />;
}

function NewRequest({ parameters }: { parameters: URLSearchParams }) {
  const t = useText();
  usePageTitle(t('requestForm.title'), t('requests.title'));
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const navigate = useNavigate();
  const requests = useRouteRef(requestsRouteRef);
  const request = useRouteRef(requestRouteRef);
  const [initial] = useState(() => valuesOfSearch(parameters));
  /** The idempotency keys, by what was sent: the same content creates one request, even if it is sent several times. */
  const keys = useRef(new Map<string, string>());

  const send = async (spec: RequestSpec, mode: SendMode) => {
    const draft = mode === 'draft';
    const content = JSON.stringify([spec, mode]);
    const idempotencyKey = keys.current.get(content) ?? newKey();
    keys.current.set(content, idempotencyKey);
    const made = await api.createRequest({
      ...spec,
      ...(draft && { draft }),
      idempotencyKey,
    });
    notify({
      message: t(draft ? 'requestForm.saved' : 'requestForm.submitted'),
    });
    navigate(request({ id: made.id }), { replace: true });
  };

  return (
    <>
      <Header
        title={t('requestForm.title')}
        description={t('requestForm.description')}
        breadcrumbs={[{ label: t('requests.title'), href: requests() }]}
      />
      <Container>
        <RequestForm initial={initial} onSend={send} />
      </Container>
    </>
  );
}
