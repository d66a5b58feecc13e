/** My phone in this page: keeps it registered, says honestly whether calls reach it, and takes them. */
import { ProblemError } from '@/api/client';
import { onLiveChange } from '@/shared/live/store';
import {
  askForMicrophone,
  type MicrophoneState,
  microphoneState,
  NoMicrophone,
  onDevicesChange,
} from './devices';
import { HungUp } from './hungUp';
import { phoneServer, type BrowserSession, type PhoneShown } from './server';
import type { SipCall } from './sipcall';
import type { SipLine } from './sipline';
import { putLocal, setReach, usePhoneState } from './store';
import { TabLock } from './tabs';
import { everySecond } from './ticker';
import type { DeviceKind, Reason } from './types';

/** Milliseconds without an answer after which the phone counts as not reachable: three signs of life are lost then. */
const SILENCE = 11_000;
/** A second that took so long was a sleep. */
const SLEEP = 8_000;
/** For how long a registration may fail to come before it is told of; a server that restarts is back by then. */
const PATIENCE = 4_000;

const MICROPHONE: Record<Exclude<MicrophoneState, 'ready'>, Reason> = {
  ask: 'microphone-ask',
  denied: 'microphone-denied',
  missing: 'microphone-missing',
  insecure: 'insecure',
};

export class Phone {
  private readonly tabs: TabLock;
  private line: SipLine | null = null;
  private session: BrowserSession | null = null;
  private held = false;
  private stopped = false;
  private beginning = false;
  private registered = false;
  private answered = Date.now();
  private unregisteredSince = Date.now();
  private ticked = Date.now();
  private sent = 0;
  private sending = false;
  private retryAt = 0;
  /** The user has allowed the microphone for as long as the page lives; not every browser remembers it longer. */
  private allowed = false;
  /** The microphone failed when a call was to be answered: calls do not reach me although all else is well. */
  private deaf: Reason | null = null;
  private readonly ends: (() => void)[] = [];
  private readonly hungUp = new HungUp((call) => phoneServer.hangUp(call));

  constructor(person: string) {
    this.tabs = new TabLock(person, {
      onHeld: () => this.hold(),
      onElsewhere: () => this.lose(),
    });
    this.ends.push(
      onLiveChange('phone', (change) => {
        if (!change || change.key === person) void this.look();
      }),
    );
  }

  start(): void {
    this.ends.push(
      everySecond(() => this.tick()),
      onDevicesChange(() => {
        void this.arrange();
        this.mendVoices();
      }),
    );
    for (const event of ['online', 'pageshow'] as const) listen(window, event, () => this.wake(), this.ends);
    listen(document, 'visibilitychange', () => this.tick(), this.ends);
    setReach('starting');
    void this.tabs.start();
    void this.look();
  }

  /** The page goes away, or the user signs out. */
  stop(): void {
    this.stopped = true;
    for (const end of this.ends) end();
    this.hangLineUp();
    const session = this.session;
    this.session = null;
    if (session) void phoneServer.end(session.session).catch(() => undefined);
    this.tabs.stop();
  }

  call(id: string): SipCall | undefined {
    return this.line?.calls.get(id);
  }

  /** Use the phone here, wherever it was used before. */
  takeOver(): void {
    setReach('starting');
    if (this.held) void this.begin();
    else this.tabs.takeOver();
  }

  async choose(kind: DeviceKind, number: string | null): Promise<void> {
    this.take(await phoneServer.choose(kind, number));
    // Whoever wants to talk here is asked for the microphone now, not when the first call rings.
    if (kind === 'browser' && (await microphoneState()) === 'ask') await this.ask();
    await this.arrange();
  }

  async chooseCallWaiting(wanted: boolean): Promise<void> {
    this.take(await phoneServer.chooseCallWaiting(wanted));
  }

  async allowMicrophone(): Promise<void> {
    await this.ask();
    await this.arrange();
  }

  private async ask(): Promise<void> {
    this.allowed = (await askForMicrophone()) === 'ready';
  }

  /** My leg ends, whether the server hears of it now or later. Rejects as the server does when it is at no call here. */
  async hangUp(id: string): Promise<void> {
    const here = this.call(id);
    if (here?.state === 'ringing') return here.end(603);
    try {
      await phoneServer.hangUp(id);
    } catch (error) {
      // Whoever hangs up has hung up, whatever the server says.
      if (!here) throw error;
      this.hungUp.keep(id, error);
      here.end();
    }
  }

  async answer(id: string): Promise<void> {
    try {
      await this.call(id)?.answer();
    } catch (error) {
      this.withoutMicrophone(error);
    }
  }

  /** Throws again what was something else. */
  private withoutMicrophone(error: unknown): void {
    if (!(error instanceof NoMicrophone) || error.state === 'ready') throw error;
    this.deaf = MICROPHONE[error.state];
    this.judge();
    void this.signOfLife();
  }

  /** Who has lost the microphone in a call gets the one that has come. */
  private mendVoices(): void {
    for (const call of this.line?.calls.values() ?? [])
      if (call.silence) void call.useMicrophone().catch(() => undefined);
  }

  useDevicesAnew(): void {
    for (const call of this.line?.calls.values() ?? []) {
      void call.useSpeaker();
      void call.useMicrophone().catch(() => undefined);
    }
  }

  // ------------------------------------------------------------ holding

  private hold(): void {
    this.held = true;
    setReach('starting');
    void this.arrange();
  }

  private lose(): void {
    this.held = false;
    this.letGo();
    setReach('other-tab');
  }

  /** Another page goes on with the calls. */
  private letGo(): void {
    this.line?.abandon();
    this.line = null;
    this.session = null;
    this.registered = false;
    usePhoneState.setState({ local: {} });
  }

  private hangLineUp(): void {
    this.line?.stop();
    this.line = null;
    this.registered = false;
    usePhoneState.setState({ local: {} });
  }

  // ------------------------------------------------------------ what should be

  /** Read my phone anew: another page may have chosen another device, or taken the phone over. */
  private async look(): Promise<void> {
    if (this.stopped) return;
    try {
      const shown = await phoneServer.phone();
      this.take(shown);
      const mine = this.session?.session;
      if (mine && shown.browser.session && shown.browser.session !== mine) this.takenOver();
      else await this.arrange();
    } catch {
      // The signs of life say what is wrong.
    }
  }

  private take(shown: PhoneShown): void {
    usePhoneState.setState({
      extension: shown.extension,
      device: shown.device.kind,
      devices: shown.devices,
      callWaiting: shown.call_waiting,
    });
    this.answered = Date.now();
  }

  /** Do what the present state asks for. */
  private async arrange(): Promise<void> {
    if (!this.held || this.stopped || usePhoneState.getState().reach === 'taken-over') return;
    if (!usePhoneState.getState().devices.length && !(await this.known())) return;
    const { extension, device, devices } = usePhoneState.getState();
    if (!extension) return setReach('none');
    if (device !== 'browser') {
      if (this.session) this.leaveBrowser();
      const reachable = devices.find(({ kind }) => kind === device)?.reachable ?? true;
      return reachable ? setReach('ready') : setReach('unreachable', 'device-away');
    }
    const microphone = await microphoneState();
    if (microphone !== 'ready' && !(microphone === 'ask' && this.allowed)) {
      if (this.session && !this.line?.calls.size) this.leaveBrowser();
      return setReach('unreachable', MICROPHONE[microphone]);
    }
    this.deaf = null;
    if (!this.session) await this.begin();
    else this.judge();
  }

  private async known(): Promise<boolean> {
    try {
      this.take(await phoneServer.phone());
      return true;
    } catch {
      this.retryAt = Date.now() + 2000;
      this.judge();
      return false;
    }
  }

  private async begin(): Promise<void> {
    if (this.beginning || this.stopped) return;
    this.beginning = true;
    try {
      const [session, { SipLine }] = await Promise.all([phoneServer.begin(), import('./sipline')]);
      if (this.stopped || !this.held) return;
      this.line?.abandon();
      this.session = session;
      this.answered = this.unregisteredSince = Date.now();
      const { user, password, realm, websocket_path: websocketPath, register_expires: expires } = session;
      this.line = new SipLine(
        { user, password, realm, websocketPath, expires },
        {
          onRegistered: (on, refused) => this.onRegistered(on, refused),
          onCall: (call) => this.onCall(call),
        },
      );
      if (usePhoneState.getState().reach === 'taken-over') setReach('starting');
      this.line.start();
    } catch (error) {
      if (error instanceof ProblemError && error.id === 'no-such-device') setReach('none');
      else this.retryAt = Date.now() + 2000;
      this.judge();
    } finally {
      this.beginning = false;
    }
  }

  private leaveBrowser(): void {
    const session = this.session;
    this.hangLineUp();
    this.session = null;
    if (session) void phoneServer.end(session.session).catch(() => undefined);
  }

  private takenOver(): void {
    this.letGo();
    setReach('taken-over');
  }

  // ------------------------------------------------------------ what is

  private onRegistered(on: boolean, refused: boolean): void {
    if (this.registered && !on) this.unregisteredSince = Date.now();
    this.registered = on;
    if (refused) setReach('unreachable', 'refused');
    void this.signOfLife();
    this.judge();
  }

  private onCall(call: SipCall): void {
    if (call.state === 'ringing' && call.byItself && this.hungUp.has(call.id)) return call.end(603);
    putLocal(call);
    if (call.state === 'ringing' && call.byItself && !call.answering) void this.answerByItself(call);
  }

  private async answerByItself(call: SipCall): Promise<void> {
    try {
      await call.answer();
    } catch (error) {
      call.end(480);
      this.withoutMicrophone(error);
    }
  }

  private tick(): void {
    const now = Date.now();
    const slept = now - this.ticked > SLEEP;
    this.ticked = now;
    if (slept) this.wake();
    if (this.retryAt && now >= this.retryAt) {
      this.retryAt = 0;
      void this.arrange();
    }
    const every = (this.session?.heartbeat_every ?? 5) * 1000;
    if (this.session && now - this.sent >= every) void this.signOfLife();
    this.judgeAudible();
    this.judge();
  }

  /** After a sleep or another network nothing is as it was: connect anew at once. */
  private wake(): void {
    if (!this.session || this.stopped) return;
    this.line?.renew();
    void this.signOfLife();
  }

  private async signOfLife(): Promise<void> {
    const { session, line } = this;
    if (!session || this.sending) return;
    this.sending = true;
    this.sent = Date.now();
    const told = this.reachable;
    try {
      await phoneServer.alive(session.session, told, line?.calls.size ?? 0);
      this.backAgain();
    } catch (error) {
      if (error instanceof ProblemError && session === this.session) this.refusedLife(error);
    } finally {
      this.sending = false;
    }
    this.judge();
    if (told !== this.reachable) void this.signOfLife();
  }

  private backAgain(): void {
    void this.hungUp.again();
    const away = Date.now() - this.answered > SILENCE;
    this.answered = Date.now();
    // The WebSocket does not notice a network that was gone; what it believes cannot be trusted.
    if (away) this.line?.renew();
  }

  private refusedLife(error: ProblemError): void {
    if (error.id === 'session-taken-over') this.takenOver();
    else if (error.status === 404 || error.status === 409 || error.status === 410) {
      this.session = null;
      void this.begin();
    }
  }

  private get reachable(): boolean {
    return this.registered && !this.deaf;
  }

  private judge(): void {
    if (!this.held || this.stopped) return;
    const now = Date.now();
    const { device, reach, reason } = usePhoneState.getState();
    if (device !== 'browser' || !this.session) {
      if (this.retryAt && now - this.answered > SILENCE) setReach('unreachable', 'no-contact');
      return;
    }
    if (now - this.answered > SILENCE) setReach('unreachable', 'no-contact');
    else if (this.deaf) setReach('unreachable', this.deaf);
    else if (this.registered) setReach('ready');
    else if (reason !== 'refused' && (reach !== 'ready' || now - this.unregisteredSince > PATIENCE)) {
      if (now - this.unregisteredSince > PATIENCE) setReach('unreachable', 'no-contact');
    }
  }

  private judgeAudible(): void {
    const active = navigator.userActivation?.hasBeenActive ?? true;
    if (active !== usePhoneState.getState().audible) usePhoneState.setState({ audible: active });
  }
}

function listen(target: EventTarget, event: string, listener: () => void, ends: (() => void)[]): void {
  target.addEventListener(event, listener);
  ends.push(() => target.removeEventListener(event, listener));
}
