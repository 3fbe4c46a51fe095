import {
  Chart,
  ChartRepository,
  ChartVersion,
  ChartView,
} from '@berth/plugin-berth-common';
import { CountedPositionedPage, PageRequest } from '../../model/paging';

/** Proves to a repository that the portal may read it. */
export type RepositoryCredential =
  | { username: string; password: string }
  | { token: string };

/** A chart repository as the configuration has it. */
export interface RepositorySettings {
  name: string;
  /** With a slash at its end. */
  url: string;
  credential?: RepositoryCredential;
  /** The CA that signed the certificate of the repository; the public ones by default. */
  caPem?: string;
  /** Names of charts, with `*` for any characters; all by default. */
  charts?: string[];
}

/** A version of a chart in an index. */
export interface IndexedVersion {
  version: string;
  appVersion?: string;
  kubeVersion?: string;
  createdAt?: string;
  /** The SHA-256 of the archive, in hexadecimal. */
  digest?: string;
  /** As the index has it: absolute, or relative to the repository. */
  url: string;
  deprecated: boolean;
  prerelease: boolean;
}

/** A chart in an index. */
export interface IndexedChart {
  name: string;
  latest: IndexedVersion;
  description?: string;
  home?: string;
  sources: string[];
  keywords: string[];
  /** The latest first. */
  versions: IndexedVersion[];
}

/** What a repository answered last. */
export interface RepositoryState {
  /** Of the settings that the charts depend on. */
  fingerprint?: string;
  etag?: string;
  lastModified?: string;
}

/** The answer of a repository whose index changed. */
export interface NewIndex extends RepositoryState {
  at: string;
  charts: AsyncIterable<IndexedChart[]>;
}

/** What to list. */
export interface ChartFilter {
  search?: string;
  repository?: string[];
}

export interface ChartStore {
  /** Adds the repositories of the configuration, and removes all others with their charts. */
  setRepositories(settings: RepositorySettings[]): Promise<void>;
  repositories(): Promise<ChartRepository[]>;
  repository(name: string): Promise<ChartRepository | undefined>;
  stateOf(repository: string): Promise<RepositoryState>;
  /** Replaces the charts of a repository. */
  replace(repository: string, index: NewIndex): Promise<void>;
  /** Records that the index of a repository is unchanged. */
  recordUnchanged(repository: string, at: string): Promise<void>;
  recordProblem(repository: string, at: string, message: string): Promise<void>;
  list(
    filter: ChartFilter,
    page: PageRequest,
  ): Promise<CountedPositionedPage<Chart>>;
  chart(repository: string, name: string): Promise<ChartView | undefined>;
  versions(
    repository: string,
    chart: string,
    page: PageRequest,
  ): Promise<CountedPositionedPage<ChartVersion>>;
  /** Returns where the archive of a version is. */
  version(
    repository: string,
    chart: string,
    version: string,
  ): Promise<{ url: string; digest?: string } | undefined>;
}
