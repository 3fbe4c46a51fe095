import { ButtonLink, Flex, Text } from '@backstage/ui';
import { useApi, useRouteRef } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { berthApiRef } from '../../api';
import { useAccess } from '../../kit/hooks';
import { usePolled } from '../../kit/query';
import { newRequestRouteRef } from '../../routes';
import { Section } from '../../kit/Section';
import { QuotaBars } from '../../kit/quota';
import { QuotaEditor } from './editor/QuotaEditor';
import { newRequestSearch, ToneText, useText } from '../../kit';

const INTERVAL = 30_000;

/** Shows the quota and usage of a namespace; admins edit the quota, others request more. */
export function QuotaTab(props: {
  namespace: ManagedNamespace;
  onChanged: () => Promise<void>;
}) {
  const { namespace, onChanged } = props;
  const t = useText();
  const { value: access } = useAccess();
  return (
    <>
      <Section title={t('namespace.overview.quota')}>
        <Flex direction="column" gap="4">
          {namespace.quota ? (
            <QuotaBars quota={namespace.quota} />
          ) : (
            <ToneText tone="warning">
              {t('namespace.overview.noQuota')}
            </ToneText>
          )}
          {access && !access.admin && <RequestMore namespace={namespace} />}
        </Flex>
      </Section>
      {access?.admin && (
        <AdminQuota namespace={namespace} onChanged={onChanged} />
      )}
    </>
  );
}

/** Links to the form that requests a larger quota. */
function RequestMore({ namespace }: { namespace: ManagedNamespace }) {
  const { cluster, name } = namespace;
  const t = useText();
  const newRequest = useRouteRef(newRequestRouteRef);
  const search = newRequestSearch({ kind: 'quota', cluster, namespace: name });
  return (
    <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
      <ButtonLink variant="secondary" href={`${newRequest()}${search}`}>
        {t('requests.requestMore')}
      </ButtonLink>
      <Text variant="body-small" color="secondary">
        {t('requests.requestMoreHint')}
      </Text>
    </Flex>
  );
}

function AdminQuota(props: {
  namespace: ManagedNamespace;
  onChanged: () => Promise<void>;
}) {
  const { namespace, onChanged } = props;
  const { cluster, name } = namespace;
  const t = useText();
  const api = useApi(berthApiRef);
  const quotas = usePolled({
    key: ['quotas', cluster],
    load: () => api.getQuotas(cluster),
    every: INTERVAL,
  });
  return (
    <Section title={t('quotas.editor.title', { namespace: name })}>
      <QuotaEditor
        address={{ cluster, namespace: name }}
        totals={quotas.value?.totals}
        onSaved={async () => {
          await Promise.all([onChanged(), quotas.refresh()]);
        }}
      />
    </Section>
  );
}
