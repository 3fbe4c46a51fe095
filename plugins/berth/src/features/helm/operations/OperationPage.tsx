import { Alert, Flex, Header, Link } from '@backstage/ui';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  HelmOperation,
  HelmReleaseAddress,
  isHelmOperationLive,
} from '@berth/plugin-berth-common';
import { useParams } from 'react-router-dom';
import {
  DetailPage,
  Moment,
  RefreshControl,
  useReleaseAddress,
  useReleaseHref,
  useText,
} from '../../../kit';
import { usePageTitle } from '../../../kit/hooks';
import pageStyles from '../../../kit/page.module.css';
import { Polled } from '../../../kit/query';
import { Person } from '../../../kit/request/parts';
import { helmRouteRef } from '../../../routes';
import { chartText } from '../list/select';
import { CancelButton, canBeEnded } from './CancelButton';
import { NextSteps } from './NextSteps';
import { OperationLines } from './OperationLines';
import { OperationStateLabel } from './OperationStateLabel';
import { useOperation } from './useOperation';
import { useOperationTitle } from './useOperationTitle';
import { awaitsObjects, WaitedObjects } from './WaitedObjects';

/** Shows one operation on a release: its state, what it did, and what to do next. */
export function OperationPage() {
  const address = useReleaseAddress();
  const { operation: id = '' } = useParams();
  // Nothing of one operation stays on the page of another.
  return <AddressedPage key={id} id={id} address={address} />;
}

function AddressedPage(props: { id: string; address: HelmReleaseAddress }) {
  const { id, address } = props;
  const { cluster, namespace, release } = address;
  const t = useText();
  const list = useRouteRef(helmRouteRef);
  const base = useReleaseHref()(address);
  const titleOf = useOperationTitle();
  const polled = useOperation(address, id);
  const title = polled.value
    ? titleOf(polled.value)
    : t('helm.operation.title');
  const breadcrumbs = [
    { label: t('helm.title'), href: list() },
    { label: release, href: base },
    { label: t('helm.tab.operations'), href: `${base}/operations` },
  ];
  usePageTitle(
    title,
    release,
    t('pageTitle.namespace', { namespace, cluster }),
    t('helm.title'),
  );
  return (
    <DetailPage
      title={title}
      breadcrumbs={breadcrumbs}
      polled={polled}
      header={operation => (
        <OperationHeader
          operation={operation}
          title={title}
          base={base}
          polled={polled}
          breadcrumbs={breadcrumbs}
        />
      )}
    >
      {operation => (
        <div className={pageStyles.tab}>
          <Outcome operation={operation} />
          {!isHelmOperationLive(operation.state) && (
            <NextSteps address={address} operation={operation} />
          )}
          {awaitsObjects(operation) && <WaitedObjects address={address} />}
          <OperationLines id={id} />
        </div>
      )}
    </DetailPage>
  );
}

function OperationHeader(props: {
  operation: HelmOperation;
  title: string;
  /** The page of the release. */
  base: string;
  polled: Polled<HelmOperation>;
  breadcrumbs: { label: string; href: string }[];
}) {
  const { operation, title, base, polled, breadcrumbs } = props;
  const { startedBy, createdAt, endedAt, revision, chart, options } = operation;
  const t = useText();
  const metadata = [
    {
      label: t('helm.column.status'),
      value: <OperationStateLabel operation={operation} />,
    },
    {
      label: t('helm.column.name'),
      value: (
        <Link href={base} variant="body-medium" standalone>
          {operation.release}
        </Link>
      ),
    },
    revision !== undefined && {
      label: t('helm.column.revision'),
      value: String(revision),
    },
    chart && { label: t('helm.column.chart'), value: chartText(chart) },
    {
      label: t('helm.operations.startedBy'),
      value: <Person actor={startedBy} />,
    },
    {
      label: t('helm.operations.started'),
      value: <Moment at={createdAt} />,
    },
    endedAt && {
      label: t('helm.operations.ended'),
      value: <Moment at={endedAt} />,
    },
    options.description && {
      label: t('helm.facts.description'),
      value: options.description,
    },
  ];
  return (
    <Header
      title={title}
      breadcrumbs={breadcrumbs}
      metadata={metadata.flatMap(item => item || [])}
      customActions={
        <Flex gap="2" align="center">
          {canBeEnded(operation) && (
            <CancelButton operation={operation} onCancelled={polled.refresh} />
          )}
          <RefreshControl polled={polled} />
        </Flex>
      }
    />
  );
}

const STATUSES = {
  Queued: 'info',
  Running: 'info',
  Observing: 'info',
  Succeeded: 'success',
  Failed: 'danger',
  Cancelled: 'warning',
  Interrupted: 'warning',
} as const;

/** Shows the state of an operation in words, with its cause and advice. */
function Outcome({ operation }: { operation: HelmOperation }) {
  const { state, message, advice, cancelling, waiting } = operation;
  const t = useText();
  const next = waiting && !cancelling ? t('helm.operation.waits') : advice;
  // A release whose objects are not ready is no failure of helm, and not what the person wants.
  const isDoubtful = state === 'Succeeded' && advice !== undefined;
  return (
    <Alert
      role="status"
      status={isDoubtful ? 'warning' : STATUSES[state]}
      icon
      title={
        cancelling && isHelmOperationLive(state)
          ? t('helm.operation.words.cancelling')
          : t(`helm.operation.words.${waiting ? 'waiting' : state}`)
      }
      description={
        (message !== undefined || next !== undefined) && (
          <>
            {message !== undefined && (
              <div className={pageStyles.message}>{message}</div>
            )}
            {next !== undefined && <div>{next}</div>}
          </>
        )
      }
    />
  );
}
