import { useState } from 'react';
import { Alert, Flex, TextAreaField } from '@backstage/ui';
import { useText } from '../common';
import styles from './ClusterForm.module.css';
import {
  KubeconfigCluster,
  KubeconfigProblem,
  parseKubeconfig,
} from './parseKubeconfig';

/**
 * Takes server and CA from a pasted kubeconfig. The text itself, which may hold credentials, leaves
 * neither this component nor the browser, and is dropped as soon as it has been read.
 */
export function KubeconfigPaste(props: {
  onCluster: (cluster: KubeconfigCluster) => void;
}) {
  const t = useText();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<KubeconfigProblem>();
  const [taken, setTaken] = useState<string>();

  const read = (pasted: string) => {
    setTaken(undefined);
    setProblem(undefined);
    setText(pasted);
    if (!pasted.trim()) {
      return;
    }
    const result = parseKubeconfig(pasted);
    if ('problem' in result) {
      setProblem(result.problem);
      return;
    }
    setText('');
    setTaken(result.cluster.name || result.cluster.apiServer);
    props.onCluster(result.cluster);
  };

  return (
    <Flex direction="column" gap="2">
      <TextAreaField
        className={styles.pem}
        label={t('form.kubeconfig')}
        description={t('form.kubeconfigHint')}
        value={text}
        onChange={read}
        validate={() =>
          problem ? t(`form.kubeconfigProblem.${problem}`) : undefined
        }
        validationBehavior="aria"
        rows={3}
        spellCheck="false"
      />
      <div aria-live="polite">
        {taken && (
          <Alert
            status="success"
            icon
            title={t('form.kubeconfigTaken', { cluster: taken })}
            description={t('form.kubeconfigDropped')}
          />
        )}
      </div>
    </Flex>
  );
}
