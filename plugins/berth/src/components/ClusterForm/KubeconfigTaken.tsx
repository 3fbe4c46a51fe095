import { Alert, Flex, Select } from '@backstage/ui';
import { Translate, useText } from '../common';
import styles from './ClusterForm.module.css';
import { KubeconfigContext } from '@berth/plugin-berth-common';

/** Which context of a kubeconfig was taken, and what of it was not. */
export function KubeconfigTaken(props: {
  contexts: KubeconfigContext[];
  chosen: KubeconfigContext;
  moreDocuments: boolean;
  onChoose: (context: KubeconfigContext) => void;
}) {
  const { contexts, chosen, moreDocuments, onChoose } = props;
  const t = useText();
  return (
    <Flex direction="column" gap="2">
      {contexts.length > 1 && (
        <Select
          label={t('form.kubeconfigContext')}
          value={chosen.name}
          onChange={name => {
            const context = contexts.find(one => one.name === name);
            if (context) {
              onChoose(context);
            }
          }}
          options={contexts.map(({ name, problem }) => ({
            id: name,
            label: name,
            ...(problem && {
              disabled: true,
              description: t('form.kubeconfigContextUnusable', {
                problem: t(`form.kubeconfigProblem.${problem}`),
              }),
            }),
          }))}
        />
      )}
      <Alert
        status="success"
        icon
        title={t('form.kubeconfigTaken', { cluster: chosen.name })}
        description={
          <>
            {moreDocuments && <div>{t('form.kubeconfigMoreDocuments')}</div>}
            <Taken context={chosen} />
          </>
        }
      />
    </Flex>
  );
}

function Taken({ context }: { context: KubeconfigContext }) {
  const t = useText();
  const notTaken = notTakenOf(t, context);
  return (
    <>
      <div>{t('form.kubeconfigTakenWhat')}</div>
      {notTaken.length > 0 ? (
        <>
          <div>{t('form.kubeconfigNotTaken')}</div>
          <ul className={styles.notTaken}>
            {notTaken.map(line => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      ) : (
        <div>{t('form.kubeconfigNothingElse')}</div>
      )}
    </>
  );
}

function notTakenOf(t: Translate, { notTaken }: KubeconfigContext): string[] {
  const { user = '', credentials, settings } = notTaken;
  return [
    ...credentials.map(credential =>
      t(`form.kubeconfigCredential.${credential}`, { user: `“${user}”` }),
    ),
    ...settings.map(setting => t(`form.kubeconfigSetting.${setting}`)),
  ];
}
