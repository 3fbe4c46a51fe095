import { Alert, Button, Card, CardBody, Flex, Text } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { useLifetimeText } from '../../../kit/kubectl';
import { Facts, Moment, ProblemAlert, useText } from '../../../kit';
import { ConnectLink } from './connectLink';
import { Refusal } from './refusal';
import { Connection } from './useConnection';
import styles from './connect.module.css';

/** The question, with everything that the person needs for the answer. */
export function Confirmation(props: {
  link: ConnectLink;
  /** Entity ref. */
  user: string;
  words: string[];
  /** In seconds. */
  signInLifetime: number;
  connection: Connection;
  refusal?: Refusal;
}) {
  const { link, user, words, signInLifetime, connection, refusal } = props;
  const { name, system, version } = link.request;
  const t = useText();
  const lifetime = useLifetimeText();
  return (
    <Card className={styles.card}>
      <CardBody>
        <Flex direction="column" gap="4">
          <Text as="h3" variant="title-x-small" weight="bold">
            {t('connect.question', { name })}
          </Text>
          <Facts
            items={[
              {
                label: t('connect.user'),
                value: (
                  <>
                    <EntityRefLink entityRef={user} defaultKind="user" />{' '}
                    <Text color="secondary">{user}</Text>
                  </>
                ),
              },
              {
                label: t('connect.computer'),
                value: t('connect.computerValue', { name, system, version }),
              },
              {
                label: t('connect.until'),
                value: t('connect.untilValue', {
                  time: (
                    <Moment
                      at={Date.now() + signInLifetime * 1000}
                      display="clock"
                    />
                  ),
                  lifetime: lifetime(signInLifetime),
                }),
              },
            ]}
          />
          <div>
            <Text as="p" weight="bold">
              {t('connect.words')}
            </Text>
            <p className={styles.words} aria-label={t('connect.wordsLabel')}>
              {words.map((word, index) => (
                // eslint-disable-next-line react/no-array-index-key
                <span key={index}>{word} </span>
              ))}
            </p>
            <Text as="p">{t('connect.wordsDiffer')}</Text>
          </div>
          <ul className={styles.effects}>
            <li>{t('connect.allows')}</li>
            <li>{t('connect.allowsNot')}</li>
            <li>{t('connect.ends')}</li>
          </ul>
          {refusal === 'busy' && (
            <Alert
              role="alert"
              status="warning"
              icon
              title={t('connect.busy.title')}
              description={t('connect.busy.next')}
            />
          )}
          {refusal === 'failed' && (
            <ProblemAlert
              error={connection.error}
              title={t('connect.failed')}
            />
          )}
          <Flex gap="2" style={{ flexWrap: 'wrap' }}>
            <Button
              variant="primary"
              onPress={connection.connect}
              isPending={connection.connecting}
            >
              {t('connect.connect')}
            </Button>
            <Button
              variant="secondary"
              onPress={connection.decline}
              isDisabled={connection.connecting}
            >
              {t('connect.decline')}
            </Button>
          </Flex>
        </Flex>
      </CardBody>
    </Card>
  );
}
