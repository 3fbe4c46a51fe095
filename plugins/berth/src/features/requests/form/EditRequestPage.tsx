import { useState } from 'react';
import { ButtonLink, Container, Header, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import {
  AccessRequest,
  RequestSpec,
  SizeClass,
} from '@berth/plugin-berth-common';
import { RiDraftLine } from '@remixicon/react';
import { useNavigate, useParams } from 'react-router-dom';
import { berthApiRef } from '../../../api';
import { usePageTitle } from '../../../kit/hooks';
import { usePolled } from '../../../kit/query';
import { requestRouteRef, requestsRouteRef } from '../../../routes';
import {
  Notice,
  PageSkeleton,
  ProblemNotice,
  useNotify,
  useText,
} from '../../../kit';
import { RequestForm, SendMode } from './RequestForm';
import { valuesOfSpec } from './requestForm';

/** Edits a draft. */
export function EditRequestPage() {
  const { id = '' } = useParams();
  const t = useText();
  usePageTitle(t('requestForm.titleEdit'), t('requests.title'));
  const berthApi = useApi(berthApiRef);
  const requests = useRouteRef(requestsRouteRef);
  const route = useRouteRef(requestRouteRef);
  // The form edits the draft as first read, not a newly polled one.
  const polled = usePolled({
    key: ['requestEdit', id],
    load: async () => {
      const [request, sizeClasses] = await Promise.all([
        berthApi.getRequest(id),
        berthApi.listSizeClasses(),
      ]);
      return { request, sizeClasses: sizeClasses.items };
    },
  });
  const request = polled.value?.request;
  return (
    <>
      <Header
        title={t('requestForm.titleEdit')}
        breadcrumbs={[
          { label: t('requests.title'), href: requests() },
          ...(request
            ? [{ label: request.spec.namespace, href: route({ id }) }]
            : []),
        ]}
      />
      <Container>{content()}</Container>
    </>
  );

  function content() {
    if (!polled.value) {
      return polled.error ? (
        <ProblemNotice
          error={polled.error}
          onRetry={polled.refresh}
          retrying={polled.refreshing}
        />
      ) : (
        <PageSkeleton />
      );
    }
    if (polled.value.request.state !== 'Draft') {
      return (
        <Notice
          icon={RiDraftLine}
          title={t('requestForm.notDraft.title')}
          actions={
            <ButtonLink variant="secondary" href={route({ id })}>
              {t('requestForm.notDraft.open')}
            </ButtonLink>
          }
        >
          <Text color="secondary">{t('requestForm.notDraft.next')}</Text>
        </Notice>
      );
    }
    return <EditForm {...polled.value} />;
  }
}

function EditForm(props: { request: AccessRequest; sizeClasses: SizeClass[] }) {
  const { id, spec: former } = props.request;
  const t = useText();
  const api = useApi(berthApiRef);
  const notify = useNotify();
  const navigate = useNavigate();
  const route = useRouteRef(requestRouteRef);
  const [initial] = useState(() => valuesOfSpec(former, props.sizeClasses));

  const send = async (spec: RequestSpec, mode: SendMode) => {
    await api.updateRequest(id, spec);
    if (mode === 'submit') {
      await api.submitRequest(id);
    }
    notify({
      message: t(
        mode === 'submit' ? 'requestForm.submitted' : 'requestForm.saved',
      ),
    });
    navigate(route({ id }), { replace: true });
  };

  return <RequestForm initial={initial} editing onSend={send} />;
}
