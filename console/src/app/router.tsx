/** Every page of the console. Pages are loaded when they are first opened. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ProblemError } from '@/api/client';
import { Loading } from '@/shared/components/Loading';
import { queryClient } from '@/shared/query';
import { meQuery } from '@/shared/session';
import { NotFoundPage, PageFailed } from './shell/failures';

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
  component: lazyRouteComponent(() => import('./shell/Shell'), 'Shell'),
});

const start = createRoute({
  getParentRoute: () => house,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/desk' });
  },
});

const desk = createRoute({
  getParentRoute: () => house,
  path: '/desk',
  component: lazyRouteComponent(() => import('@/features/desk'), 'DeskPage'),
});

const profile = createRoute({
  getParentRoute: () => house,
  path: '/profile',
  component: lazyRouteComponent(() => import('@/features/profile'), 'ProfilePage'),
});

const components = createRoute({
  getParentRoute: () => house,
  path: '/components',
  component: lazyRouteComponent(() => import('@/features/components'), 'ComponentsPage'),
});

const tree = root.addChildren([signIn, invitation, house.addChildren([start, desk, profile, components])]);

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
