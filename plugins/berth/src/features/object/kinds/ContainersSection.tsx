import { ReactNode } from 'react';
import { Text } from '@backstage/ui';
import {
  Facts,
  Moment,
  Section,
  ToneLabel,
  Translate,
  useText,
} from '../../../kit';
import styles from '../object.module.css';
import { Code, Lines, known, pairsOf } from '../parts';
import { listAt, mapAt, textAt } from '../reading';
import { Container, ContainerState, isWell } from './containers';

/** Shows each container: its state, its image, its ports and what it asks for. */
export function ContainersSection({ containers }: { containers: Container[] }) {
  const t = useText();
  return (
    <Section title={t('object.containers.title')}>
      {containers.length === 0 && (
        <Text color="secondary">{t('object.none')}</Text>
      )}
      {containers.map(container => (
        <ContainerPart key={container.name} container={container} />
      ))}
    </Section>
  );
}

function ContainerPart({ container }: { container: Container }) {
  const t = useText();
  const { name, role, image, spec, status } = container;
  return (
    <section className={styles.container} aria-label={name}>
      <div className={styles.containerHead}>
        <Text as="h4" variant="body-medium" weight="bold">
          {name}
        </Text>
        {role !== 'main' && (
          <Text variant="body-small" color="secondary">
            {t(`object.containers.role.${role}`)}
          </Text>
        )}
        {status?.state && (
          <ToneLabel
            tone={toneOf(container)}
            text={stateText(t, status.state)}
          />
        )}
      </div>
      <Facts
        items={known([
          { label: t('object.containers.image'), value: <Code>{image}</Code> },
          {
            label: t('object.containers.why'),
            value: status?.state?.message,
          },
          {
            label: t('object.containers.restarts'),
            value: status && String(status.restarts),
          },
          {
            label: t('object.containers.last'),
            value: status?.last && <LastState state={status.last} />,
          },
          {
            label: t('object.containers.ports'),
            value: linesOf(listAt(spec, 'ports').map(portText)),
          },
          {
            label: t('object.containers.requests'),
            value: pairsOf(mapAt(spec, 'resources.requests')).join(', '),
          },
          {
            label: t('object.containers.limits'),
            value: pairsOf(mapAt(spec, 'resources.limits')).join(', '),
          },
          {
            label: t('object.containers.mounts'),
            value: linesOf(
              listAt(spec, 'volumeMounts').map(mount => {
                const path = textAt(mount, 'mountPath') ?? '';
                const volume = textAt(mount, 'name') ?? '';
                return t('object.containers.mount', { path, volume });
              }),
            ),
          },
        ])}
      />
    </section>
  );
}

function LastState({ state }: { state: ContainerState }) {
  const t = useText();
  const text = stateText(t, state);
  return (
    <>
      {text}
      {state.finishedAt && (
        <>
          {' · '}
          <Moment at={state.finishedAt} />
        </>
      )}
    </>
  );
}

function stateText(t: Translate, state: ContainerState): string {
  const { phase, reason, exitCode, signal } = state;
  const text = reason
    ? t(`object.containers.reason.${phase}`, { reason })
    : t(`object.containers.state.${phase}`);
  if (phase !== 'terminated') {
    return text;
  }
  return signal === undefined
    ? t('object.containers.exit', { text, code: String(exitCode ?? '?') })
    : t('object.containers.signal', { text, signal: String(signal) });
}

function toneOf(container: Container): 'success' | 'danger' | 'pending' {
  if (!isWell(container)) {
    return 'danger';
  }
  return container.status?.state?.phase === 'waiting' ? 'pending' : 'success';
}

function portText(port: unknown): string {
  const number = textAt(port, 'containerPort') ?? '';
  const protocol = textAt(port, 'protocol') ?? 'TCP';
  const name = textAt(port, 'name');
  return `${number}/${protocol}${name ? ` (${name})` : ''}`;
}

function linesOf(items: string[]): ReactNode {
  return items.length > 0 ? (
    <Lines
      items={items.map(item => (
        <Code key={item}>{item}</Code>
      ))}
    />
  ) : undefined;
}
