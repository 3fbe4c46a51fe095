import { useState } from 'react';
import { Flex, TextAreaField } from '@backstage/ui';
import { useText } from '../../../kit';
import styles from './ClusterForm.module.css';
import { KubeconfigTaken } from './KubeconfigTaken';
import {
  KubeconfigCluster,
  KubeconfigContext,
  KubeconfigProblem,
  parseKubeconfig,
} from '@berth/plugin-berth-common';

/** The content of a kubeconfig, without any credential. */
interface Read {
  contexts: KubeconfigContext[];
  moreDocuments: boolean;
  /** Whether the name was filled in. */
  named: boolean;
  chosen: KubeconfigContext;
}

/**
 * Reads server and CA from a pasted kubeconfig. The text can contain credentials: it never leaves this component
 * or the browser, and is dropped after reading.
 */
export function KubeconfigPaste(props: {
  /** Returns whether the name was filled in; a typed name stays. */
  onCluster: (cluster: KubeconfigCluster) => boolean;
}) {
  const { onCluster } = props;
  const t = useText();
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<KubeconfigProblem>();
  const [read, setRead] = useState<Read>();

  const choose = (next: Omit<Read, 'named'>) => {
    const { cluster } = next.chosen;
    setRead({ ...next, named: cluster !== undefined && onCluster(cluster) });
  };

  const paste = (pasted: string) => {
    setRead(undefined);
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
    choose({
      contexts: result.contexts,
      moreDocuments: result.moreDocuments ?? false,
      chosen: result.current,
    });
  };

  return (
    <Flex direction="column" gap="2">
      <TextAreaField
        className={styles.pem}
        label={t('form.kubeconfig')}
        description={t('form.kubeconfigHint')}
        value={text}
        onChange={paste}
        validate={() =>
          problem ? t(`form.kubeconfigProblem.${problem}`) : undefined
        }
        validationBehavior="aria"
        rows={3}
        spellCheck="false"
      />
      <div aria-live="polite">
        {read && (
          <KubeconfigTaken
            contexts={read.contexts}
            chosen={read.chosen}
            moreDocuments={read.moreDocuments}
            named={read.named}
            onChoose={chosen => choose({ ...read, chosen })}
          />
        )}
      </div>
    </Flex>
  );
}
