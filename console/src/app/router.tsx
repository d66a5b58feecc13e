/** Every page of the console. Pages are loaded when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { memo } from 'react';
import { ProblemError } from '@/api/client';
import { Loading } from '@/shared/components/Loading';
import { beginToWatch, knownWithin } from '@/shared/live/store';
import { queryClient } from '@/shared/query';
import { meQuery } from '@/shared/session';
import { DeskPage } from '@/features/desk';
import { viewQuery } from '@/features/desk/viewQuery';
import { NotFoundPage, PageFailed } from './shell/failures';
import { Shell } from './shell/Shell';

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFoundPage,
  errorComponent: PageFailed,
});

interface SignInSearch {
  next?: string;
}

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: (search): SignInSearch => ({
    // Only a path of our own: a link must not lead to another site by way of the sign-in.
    next: typeof search.next === 'string' && /^\/(?![/\\])/.test(search.next) ? search.next : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/signin'), 'SignInPage'),
});

/** A link by which somebody sets a password; its secret stands behind the #. */
const invitation = createRoute({
  getParentRoute: () => root,
  path: '/invitation',
  component: lazyRouteComponent(() => import('@/features/signin'), 'InvitationPage'),
});

/** The pages within the shell, for who is signed in. */
const house = createRoute({
  getParentRoute: () => root,
  id: 'house',
  beforeLoad: async ({ location }) => {
    try {
      await queryClient.ensureQueryData(meQuery);
      beginToWatch();
    } catch (error) {
      if (error instanceof ProblemError && error.status === 401) {
        throw redirect({
          to: '/sign-in',
          search: { next: location.href === '/' ? undefined : location.href },
        });
      }
      throw error;
    }
  },
  component: memo(Shell),
});

const start = createRoute({
  getParentRoute: () => house,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/desk' });
  },
});

/** Milliseconds that the desk waits for what is so now before it is drawn without. */
const SNAPSHOT = 400;

interface DeskSearch {
  /** The case that is open, such as `callback:demo-b1`. */
  case?: string;
}

const desk = createRoute({
  getParentRoute: () => house,
  path: '/desk',
  validateSearch: (search): DeskSearch => ({
    case: typeof search.case === 'string' ? search.case : undefined,
  }),
  // That it failed is told by the page itself.
  loader: () => Promise.all([queryClient.prefetchQuery(viewQuery), knownWithin(SNAPSHOT)]),
  component: memo(DeskPage),
});

const switchboard = createRoute({
  getParentRoute: () => house,
  path: '/switchboard',
  component: lazyRouteComponent(() => import('@/features/switchboard'), 'SwitchboardPage'),
});

const directory = createRoute({
  getParentRoute: () => house,
  path: '/directory',
  component: lazyRouteComponent(() => import('@/features/directory'), 'DirectoryPage'),
});

const callLogs = [
  createRoute({
    getParentRoute: () => house,
    path: '/calls',
    component: lazyRouteComponent(() => import('@/features/calllog'), 'MyCallsPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/call-log',
    component: lazyRouteComponent(() => import('@/features/calllog'), 'CallLogPage'),
  }),
  createRoute({
    getParentRoute: () => house,
    path: '/queue-log',
    component: lazyRouteComponent(() => import('@/features/calllog'), 'QueueLogPage'),
  }),
];

const profile = createRoute({
  getParentRoute: () => house,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/profile'), 'ProfilePage'),
});

const boards = createRoute({
  getParentRoute: () => house,
  path: '/boards',
  validateSearch: (search): { unit?: string } => ({
    unit: typeof search.unit === 'string' && search.unit ? search.unit : undefined,
  }),
  component: lazyRouteComponent(() => import('@/features/boards'), 'BoardsPage'),
});

/** Alerts of queues, as they were. */
const alerts = createRoute({
  getParentRoute: () => house,
  path: '/alerts',
  component: lazyRouteComponent(() => import('@/features/boards'), 'AlertsPage'),
});

/** A screen on the wall: without the shell and for whoever has the link. */
const wallboard = createRoute({
  getParentRoute: () => root,
  path: '/wallboard',
  component: lazyRouteComponent(() => import('@/features/boards/wallboard'), 'WallboardPage'),
});

const noticeboard = createRoute({
  getParentRoute: () => house,
  path: '/noticeboard',
  component: lazyRouteComponent(() => import('@/features/noticeboard'), 'NoticeboardPage'),
});

const withoutPlace = createRoute({
  getParentRoute: () => house,
  path: '/callbacks-without-place',
  component: lazyRouteComponent(() => import('@/features/booking/WithoutPlacePage'), 'WithoutPlacePage'),
});

const settings = createRoute({
  getParentRoute: () => house,
  path: '/settings',
  component: lazyRouteComponent(() => import('@/features/settings'), 'SettingsLayout'),
});

interface DaysSearch {
  /** A day of those that are looked at, such as 2027-12-24; today when left out. */
  day?: string;
  span?: 'week' | 'day';
}

function daysLookedAt({ day, span }: Record<string, unknown>): DaysSearch {
  return {
    day: typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? day : undefined,
    span: span === 'week' || span === 'day' ? span : undefined,
  };
}

const settingsPages = [
  createRoute({
    getParentRoute: () => settings,
    path: '/',
    component: lazyRouteComponent(() => import('@/features/settings'), 'SettingsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/organisation',
    component: lazyRouteComponent(() => import('@/features/settings'), 'OrganisationPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/tags',
    component: lazyRouteComponent(() => import('@/features/tags'), 'TagsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/sending',
    component: lazyRouteComponent(() => import('@/features/outbox'), 'SendingPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/file',
    component: lazyRouteComponent(() => import('@/features/settings'), 'FilePage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/history',
    component: lazyRouteComponent(() => import('@/features/settings'), 'RevisionsPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/schedules/$key',
    validateSearch: daysLookedAt,
    component: lazyRouteComponent(() => import('@/features/schedule'), 'SchedulePage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/hours/$key',
    validateSearch: daysLookedAt,
    component: lazyRouteComponent(() => import('@/features/hours'), 'HoursPage'),
  }),
  ...['/schedules/new', '/hours/new', '/$list/$key/details'].map((path) =>
    createRoute({
      getParentRoute: () => settings,
      path,
      component: lazyRouteComponent(() => import('@/features/settings'), 'PartPage'),
    }),
  ),
  createRoute({
    getParentRoute: () => settings,
    path: '/$list',
    component: lazyRouteComponent(() => import('@/features/settings'), 'ListPage'),
  }),
  createRoute({
    getParentRoute: () => settings,
    path: '/$list/$key',
    component: lazyRouteComponent(() => import('@/features/settings'), 'PartPage'),
  }),
];

const people = createRoute({
  getParentRoute: () => house,
  path: '/people',
  component: lazyRouteComponent(() => import('@/features/people'), 'PeoplePage'),
});

const newPerson = createRoute({
  getParentRoute: () => house,
  path: '/people/new',
  component: lazyRouteComponent(() => import('@/features/people'), 'NewPersonPage'),
});

const ownFields = createRoute({
  getParentRoute: () => house,
  path: '/people/fields',
  component: lazyRouteComponent(() => import('@/features/people'), 'FieldsPage'),
});

const person = createRoute({
  getParentRoute: () => house,
  path: '/people/$person',
  component: lazyRouteComponent(() => import('@/features/people'), 'PersonPage'),
});

const roles = createRoute({
  getParentRoute: () => house,
  path: '/roles',
  component: lazyRouteComponent(() => import('@/features/roles'), 'RolesPage'),
});

const role = createRoute({
  getParentRoute: () => house,
  path: '/roles/$role',
  component: lazyRouteComponent(() => import('@/features/roles'), 'RolePage'),
});

const audit = createRoute({
  getParentRoute: () => house,
  path: '/audit',
  component: lazyRouteComponent(() => import('@/features/audit'), 'AuditPage'),
});

/** What the desk no longer shows. */
const done = createRoute({
  getParentRoute: () => house,
  path: '/done',
  component: lazyRouteComponent(() => import('@/features/done'), 'DonePage'),
});

const tokens = createRoute({
  getParentRoute: () => house,
  path: '/tokens',
  component: lazyRouteComponent(() => import('@/features/tokens'), 'TokensPage'),
});

const outbox = createRoute({
  getParentRoute: () => house,
  path: '/outbox',
  component: lazyRouteComponent(() => import('@/features/outbox'), 'OutboxPage'),
});

const components = createRoute({
  getParentRoute: () => house,
  path: '/components',
  component: lazyRouteComponent(() => import('@/features/components'), 'ComponentsPage'),
});

const tree = root.addChildren([
  signIn,
  invitation,
  wallboard,
  house.addChildren([
    start,
    desk,
    switchboard,
    directory,
    ...callLogs,
    profile,
    people,
    newPerson,
    ownFields,
    person,
    roles,
    role,
    audit,
    tokens,
    outbox,
    done,
    boards,
    alerts,
    noticeboard,
    withoutPlace,
    settings.addChildren(settingsPages),
    components,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  defaultPendingComponent: Loading,
  defaultPendingMs: 150,
  defaultErrorComponent: PageFailed,
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
