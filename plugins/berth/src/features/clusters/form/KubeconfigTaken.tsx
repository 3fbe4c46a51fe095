import { Alert, Flex, Select } from '@backstage/ui';
import { Translate, useText } from '../../../kit';
import styles from './ClusterForm.module.css';
import { KubeconfigContext } from '@berth/plugin-berth-common';

/** Shows the used context of a kubeconfig, and the parts that are not used. */
export function KubeconfigTaken(props: {
  contexts: KubeconfigContext[];
  chosen: KubeconfigContext;
  moreDocuments: boolean;
  /** Whether the name was filled in. */
  named: boolean;
  onChoose: (context: KubeconfigContext) => void;
}) {
  const { contexts, chosen, moreDocuments, named, onChoose } = props;
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
            <Taken context={chosen} named={named} />
          </>
        }
      />
    </Flex>
  );
}

function Taken(props: { context: KubeconfigContext; named: boolean }) {
  const { context, named } = props;
  const t = useText();
  const notTaken = notTakenOf(t, context);
  return (
    <>
      <div>
        {t(
          named
            ? 'form.kubeconfigTakenWhat'
            : 'form.kubeconfigTakenWithoutName',
        )}
      </div>
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
