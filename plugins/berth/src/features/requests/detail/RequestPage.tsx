import { RefObject, useRef } from 'react';
import { Alert, ButtonLink, Header, Text } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import { AccessRequest } from '@berth/plugin-berth-common';
import { RiSearchLine } from '@remixicon/react';
import { useParams } from 'react-router-dom';
import { problemOf } from '../../../kit/format';
import { usePageTitle } from '../../../kit/hooks';
import { requestsRouteRef } from '../../../routes';
import pageStyles from '../../../kit/page.module.css';
import { Section } from '../../../kit/Section';
import { RequestStateLabel, useRequestTitle } from '../../../kit/request/parts';
import { VerdictWords } from '../../../kit/request/VerdictWords';
import {
  DetailPage,
  Moment,
  Notice,
  ProblemAlert,
  useText,
} from '../../../kit';
import { SpecSection, RequestSentence } from './SpecSection';
import { DecisionPanel } from './DecisionPanel';
import { OutcomeAlert } from './OutcomeAlert';
import { QuotaSection } from './QuotaSection';
import { RequestActions } from './RequestActions';
import styles from './RequestPage.module.css';
import { Timeline } from './Timeline';
import { RequestFollowing, useRequest } from './useRequest';

/** Shows one request: its content, its history, and the caller's actions. */
export function RequestPage() {
  const { id = '' } = useParams();
  const t = useText();
  const requests = useRouteRef(requestsRouteRef);
  const breadcrumbs = [{ label: t('requests.title'), href: requests() }];
  const following = useRequest(id);
  const { polled } = following;
  const titleOf = useRequestTitle();
  usePageTitle(
    ...(polled.value ? [titleOf(polled.value.spec)] : []),
    t('requests.title'),
  );
  const isMissing =
    polled.error !== undefined && problemOf(polled.error).kind === 'notFound';
  const history = useRef<HTMLDivElement>(null);
  // The pressed button disappears, so the focus moves to the result.
  const showHistory = () => history.current?.focus();
  return (
    <DetailPage
      title={isMissing ? t('request.notFound.title') : t('requests.title')}
      breadcrumbs={isMissing ? breadcrumbs : []}
      polled={polled}
      problem={isMissing ? <MissingRequest requests={requests()} /> : undefined}
      header={request => (
        <RequestHeader
          request={request}
          following={following}
          breadcrumbs={breadcrumbs}
          onDone={showHistory}
        />
      )}
    >
      {request => (
        <Content
          request={request}
          following={following}
          history={history}
          onDone={showHistory}
        />
      )}
    </DetailPage>
  );
}

function MissingRequest({ requests }: { requests: string }) {
  const t = useText();
  return (
    <Notice
      icon={RiSearchLine}
      title={t('request.notFound.title')}
      actions={
        <ButtonLink variant="secondary" href={requests}>
          {t('request.notFound.back')}
        </ButtonLink>
      }
    >
      <Text color="secondary">{t('request.notFound.next')}</Text>
    </Notice>
  );
}

function RequestHeader(props: {
  request: AccessRequest;
  following: RequestFollowing;
  breadcrumbs: { label: string; href: string }[];
  onDone: () => void;
}) {
  const { request, following, breadcrumbs, onDone } = props;
  const { state, spec, steps, createdAt } = request;
  const t = useText();
  const title = useRequestTitle()(spec);
  const submitted = steps.find(step => step.state === 'Submitted');
  return (
    <Header
      title={title}
      breadcrumbs={breadcrumbs}
      metadata={[
        {
          label: t('requests.column.state'),
          value: <RequestStateLabel state={state} />,
        },
        {
          label: t(submitted ? 'request.requestedAt' : 'request.writtenAt'),
          value: <Moment at={submitted?.at ?? createdAt} />,
        },
      ]}
      customActions={
        <RequestActions
          request={request}
          following={following}
          onDone={onDone}
        />
      }
    />
  );
}

function Content(props: {
  request: AccessRequest;
  following: RequestFollowing;
  history: RefObject<HTMLDivElement>;
  onDone: () => void;
}) {
  const { request, following, history, onDone } = props;
  const { state, spec, steps, verdict, may } = request;
  const { conflict, failure } = following;
  const t = useText();
  return (
    <div className={pageStyles.tab}>
      <RequestSentence request={request} />
      {conflict !== undefined && (
        <Alert
          role="alert"
          status="warning"
          icon
          title={t('request.conflict.title')}
          description={
            <>
              <div>{conflict}</div>
              <div>{t('request.conflict.next')}</div>
            </>
          }
        />
      )}
      {(failure?.action === 'submit' || failure?.action === 'retry') && (
        <ProblemAlert
          error={failure.error}
          title={t(`request.failed.${failure.action}`)}
        />
      )}
      <OutcomeAlert request={request} />
      {may.decide && (
        <DecisionPanel
          request={request}
          following={following}
          onDone={onDone}
        />
      )}
      <div className={styles.columns}>
        <div className={styles.column}>
          <SpecSection request={request} />
          {spec.kind !== 'grant' && <QuotaSection request={request} />}
          {verdict && (
            <Section
              title={t(
                state === 'Draft'
                  ? 'request.verdict.titleDraft'
                  : 'request.verdict.title',
              )}
            >
              <VerdictWords verdict={verdict} />
            </Section>
          )}
        </div>
        <div ref={history} tabIndex={-1} className={styles.history}>
          <Section title={t('request.steps')}>
            <Timeline steps={steps} />
          </Section>
        </div>
      </div>
    </div>
  );
}
