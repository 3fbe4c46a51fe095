import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ManagedNamespace } from '@berth/plugin-berth-common';
import { tenancyApiRef } from '../../api';
import { useAccess, usePolling } from '../../hooks';
import { Section } from '../ClusterPage/Section';
import { QuotaBars } from '../QuotaBars';
import { QuotaEditor } from '../QuotaEditor';
import { ToneText, useText } from '../common';

const INTERVAL = 30_000;

/** What the namespace may use and uses; admins change it. */
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
        {namespace.quota ? (
          <QuotaBars quota={namespace.quota} />
        ) : (
          <ToneText tone="warning">{t('namespace.overview.noQuota')}</ToneText>
        )}
      </Section>
      {access?.admin && (
        <AdminQuota namespace={namespace} onChanged={onChanged} />
      )}
    </>
  );
}

function AdminQuota(props: {
  namespace: ManagedNamespace;
  onChanged: () => Promise<void>;
}) {
  const { namespace, onChanged } = props;
  const { cluster, name } = namespace;
  const t = useText();
  const api = useApi(tenancyApiRef);
  const load = useCallback(() => api.getQuotas(cluster), [api, cluster]);
  const quotas = usePolling(load, () => INTERVAL);
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
