export const id = 738;
export const ids = [738];
export const modules = {

/***/ 75738:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(48161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(76760);
// EXTERNAL MODULE: ./src/adapters/actions-cache-store.ts
var actions_cache_store = __webpack_require__(35700);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(51455);
// EXTERNAL MODULE: ./src/adapters/actions-cache-process.ts
var actions_cache_process = __webpack_require__(60504);
;// CONCATENATED MODULE: ./src/adapters/actions-cache-access.ts


/** No entry's key begins so. */
const NOTHING = 'smart-image-build-access-';
/** In GitHub's tokens; bit 1 is for reading (tonistiigi/go-actions-cache, `Permission`). */
const WRITE = 2;
/** `cache-mode` of a workflow or job allows no more (as @actions/cache reads it). */
const UNREADABLE_MODES = ['none', 'write-only'];
/** What the run's token and `cache-mode` let it do with the Actions cache, if that answers. It is asked once. */
class ActionsCacheAccess {
    options;
    #answer;
    constructor(options) {
        this.options = options;
    }
    access() {
        return (this.#answer ??= this.#ask());
    }
    async #ask() {
        const { environment, outage } = this.options;
        if (outage.problem !== undefined)
            return { kind: 'closed' };
        const token = environment['ACTIONS_RUNTIME_TOKEN'] ?? '';
        const mode = (environment['ACTIONS_CACHE_MODE'] ?? '').trim().toLowerCase();
        if (token === '')
            return { kind: 'closed', problem: 'there is no Actions cache here' };
        if (UNREADABLE_MODES.includes(mode))
            return { kind: 'closed', problem: `this job has \`cache-mode: ${mode}\`` };
        const scopes = scopesOf(token);
        // BuildKit takes no other token.
        if (scopes === undefined)
            return { kind: 'closed', problem: 'the token of this job names no cache' };
        const called = await this.#call();
        if (typeof called === 'object')
            return outage.note(called.problem) ? { kind: 'closed', problem: called.problem } : { kind: 'closed' };
        const canWrite = mode !== 'read' && scopes.some(({ Permission }) => (Permission & WRITE) !== 0);
        return { kind: 'open', canWrite };
    }
    async #call() {
        const { folder, program, outage } = this.options;
        const request = { operation: 'find', path: 'nothing', key: NOTHING, prefix: NOTHING };
        try {
            await (0,promises_.mkdir)(folder, { recursive: true });
            return await outage.ask((patience) => (0,actions_cache_process/* callCacheApart */.l)(request, { folder, program, ...patience }));
        }
        catch (error) {
            return { problem: error.message };
        }
    }
}
/** Branches whose entries the token is good for: its claim `ac` is a text that holds JSON. */
function scopesOf(token) {
    try {
        const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
        const scopes = JSON.parse(claims.ac);
        return Array.isArray(scopes) ? scopes : undefined;
    }
    catch {
        return undefined;
    }
}

// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(77598);
// EXTERNAL MODULE: ./src/model/service.ts
var service = __webpack_require__(41674);
// EXTERNAL MODULE: ./src/adapters/oci-layout.ts
var oci_layout = __webpack_require__(95696);
;// CONCATENATED MODULE: ./src/adapters/actions-cache-layouts.ts





const BASES = {
    entry: 'smart-image-build-base',
    own: ({ fingerprint }) => `${fingerprint}-`,
    akin: ({ fingerprint }) => `${fingerprint}-`,
};
/** An image may have gigabytes. */
const MOVE_LIMIT_MS = 10 * 60_000;
/**
 * Keeps layouts in the Actions cache: an immutable entry for each that is built, found again by its fingerprint, the
 * newest first. A service that failed once is not called again by this run.
 */
class ActionsCacheLayouts {
    options;
    keys;
    #answers = new Map();
    #saves = [];
    #problems = [];
    #isOut = false;
    constructor(options, keys = BASES) {
        this.options = options;
        this.keys = keys;
    }
    has(name) {
        const answer = this.#answers.get(name.fingerprint) ?? this.#find(name);
        this.#answers.set(name.fingerprint, answer);
        return answer;
    }
    async fetch(name) {
        const folder = (0,external_node_path_.join)(this.options.folder, (0,external_node_crypto_.randomUUID)());
        const called = await this.#call('restore', { name, folder });
        return called === 'done' ? (0,oci_layout/* wholeLayout */.y5)((0,external_node_path_.join)(folder, this.keys.entry)) : undefined;
    }
    place() {
        return (0,external_node_path_.join)(this.options.folder, (0,external_node_crypto_.randomUUID)(), this.keys.entry);
    }
    /**
     * The upload goes on while the layout is built from: of a folder of its own, as buildx writes a lock beside the index that
     * it reads, and tar fails where a folder changes.
     */
    async keep(name, place) {
        const written = await (0,oci_layout/* writtenLayout */.gk)(place);
        if (!written.ok)
            return written;
        const folder = (0,external_node_path_.join)(this.options.folder, (0,external_node_crypto_.randomUUID)());
        try {
            await (0,oci_layout/* linkLayout */.ZP)(place, (0,external_node_path_.join)(folder, this.keys.entry));
            this.#saves.push(this.#save({ name, folder }));
        }
        catch (error) {
            this.#problems.push(error.message);
        }
        return written;
    }
    async problems() {
        await Promise.all(this.#saves);
        const problems = this.#problems;
        this.#problems = [];
        return problems;
    }
    async #find(name) {
        return (await this.#call('find', { name, folder: this.options.folder })) === 'done';
    }
    async #save(of) {
        if ((await this.#call('save', of)) === 'missed')
            this.#problems.push('the cache service did not take it');
    }
    async #call(operation, { name, folder }) {
        const { program, signal, outage } = this.options;
        if (this.#isOut || outage.problem !== undefined)
            return 'out';
        const { entry, own, akin } = this.keys;
        // The service takes the key itself for a beginning, too, and for the one to be looked for first.
        const key = `${entry}-v1-${own(name)}${operation === 'save' ? (0,external_node_crypto_.randomUUID)() : ''}`;
        const request = { operation, path: entry, key, prefix: `${entry}-v1-${akin(name)}` };
        const call = (patience) => (0,actions_cache_process/* callCacheApart */.l)(request, { folder, program, signal, ...patience });
        const called = await (0,promises_.mkdir)(folder, { recursive: true })
            .then(() => (operation === 'find' ? outage.ask(call) : call({ limitMs: MOVE_LIMIT_MS })))
            .catch((error) => ({ problem: error.message }));
        if (typeof called === 'object')
            this.#stopCalling(operation, called.problem);
        return called;
    }
    /**
     * Those who called at the same time have the same to tell. Only of a question is it certain that the service failed it:
     * else it may have been the entry, which is no reason to lose records.
     */
    #stopCalling(operation, problem) {
        if (this.#isOut)
            return;
        this.#isOut = true;
        if (operation !== 'find' || this.options.outage.note(problem))
            this.#problems.push(problem);
    }
}

// EXTERNAL MODULE: ./src/adapters/layout-layers.ts
var layout_layers = __webpack_require__(71535);
;// CONCATENATED MODULE: ./src/adapters/actions-cache-layers.ts




/** The folder in the archive. */
const ENTRY = 'smart-image-build-layers';
/** Of a fixed length in place of the name, so that what begins like `api` is not that of `api-gateway`. */
function prefixOf({ image }) {
    return `${(0,external_node_crypto_.createHash)('sha256').update((0,service/* fullName */.f)(image), 'utf8').digest('hex').slice(0, 32)}-`;
}
/**
 * Keeps layers in the Actions cache: an entry for each build, found again by the content that was built, and without
 * such a one the image's newest.
 */
class ActionsCacheLayers extends layout_layers/* LayoutLayers */.V {
    constructor(options, service) {
        const own = (name) => `${prefixOf(name)}${name.fingerprint}-`;
        super(new ActionsCacheLayouts(options, { entry: ENTRY, own, akin: prefixOf }), service);
    }
}

// EXTERNAL MODULE: ./src/adapters/actions-host.ts
var actions_host = __webpack_require__(83114);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js
var github = __webpack_require__(61351);
;// CONCATENATED MODULE: ./src/adapters/actions-run.ts

/** What started this run and what it may do, from the runner's environment and the event's file. */
function actionsRun(environment, state) {
    const { payload } = github/* context */._;
    const attempt = Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1);
    const defaultBranch = payload.repository?.['default_branch'];
    const repositoryUrl = payload.repository?.html_url ?? urlOf(environment);
    const forbidden = pushForbidden(payload, github/* context */._.actor);
    const baseRef = pullRequestOf(github/* context */._.eventName, payload)?.base?.ref;
    return {
        trigger: triggerOf(github/* context */._.eventName, payload, github/* context */._.ref),
        ref: github/* context */._.ref,
        runId: String(github/* context */._.runId),
        attempt,
        workflow: workflowOf(environment),
        ...(attempt > 1 && { isRerun: true }),
        stateScope: state === '' ? `${workflowOf(environment)}@${scopeRef(github/* context */._.eventName, payload, github/* context */._.ref)}` : state,
        defaultPlatform: 'linux/amd64',
        variables: environment,
        ...(defaultBranch !== undefined && { defaultBranch }),
        ...(baseRef !== undefined && { baseRef }),
        ...(repositoryUrl !== undefined && { repositoryUrl }),
        ...(forbidden !== undefined && { pushForbidden: forbidden }),
    };
}
/** Triggers that the event's name tells; any other event on a tag, as `create` is, is for that tag. */
const BY_NAME = {
    release: { kind: 'release' },
    schedule: { kind: 'schedule' },
    workflow_dispatch: { kind: 'dispatch' },
    repository_dispatch: { kind: 'dispatch' },
};
/** Payloads as in "Webhook events and payloads" of GitHub's documentation. */
function triggerOf(name, payload, ref) {
    const { merge_group: group } = payload;
    if (name === 'merge_group' && group !== undefined)
        return { kind: 'merge-group', base: group.base_sha };
    const { number, base, head } = pullRequestOf(name, payload) ?? {};
    if (number !== undefined && base !== undefined && head !== undefined) {
        return { kind: 'pull-request', number, base: base.sha, head: head.sha };
    }
    const named = BY_NAME[name];
    if (named !== undefined)
        return named;
    if (ref.startsWith('refs/tags/'))
        return { kind: 'tag' };
    if (name !== 'push')
        return { kind: 'other' };
    const before = payload['before'];
    return before === undefined || /^0+$/.test(before) ? { kind: 'push' } : { kind: 'push', before };
}
/** The pull request that the run is for. One that was merged has become part of its base, on whose ref the run is. */
function pullRequestOf(name, payload) {
    const pullRequest = payload.pull_request;
    return name.startsWith('pull_request') && pullRequest?.merged !== true ? pullRequest : undefined;
}
/** A run for a pull request is on its base's ref with `pull_request_target`, whose records are not its to write. */
function scopeRef(name, payload, ref) {
    const number = pullRequestOf(name, payload)?.number;
    return name === 'pull_request_target' && number !== undefined ? `refs/pull/${number}/target` : ref;
}
function pushForbidden(payload, actor) {
    const { pull_request: pullRequest } = payload;
    if (pullRequest === undefined)
        return undefined;
    const head = pullRequest['head'];
    // A fork that was deleted since leaves no repository behind.
    if (head?.repo?.full_name !== payload.repository?.full_name)
        return 'the pull request comes from a fork';
    const author = pullRequest['user']?.login;
    return author === 'dependabot[bot]' || actor === 'dependabot[bot]'
        ? 'the pull request is by Dependabot'
        : undefined;
}
function urlOf(environment) {
    const { GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository } = environment;
    return server === undefined || repository === undefined ? undefined : `${server}/${repository}`;
}
/** The workflow's file, as its display name may be shared: `owner/repo/.github/workflows/x.yml@refs/…`. */
function workflowOf(environment) {
    const { GITHUB_WORKFLOW_REF: reference, GITHUB_WORKFLOW: name } = environment;
    return reference?.split('@', 1)[0] ?? name ?? 'workflow';
}

// EXTERNAL MODULE: ./src/adapters/cache-outage.ts
var cache_outage = __webpack_require__(95740);
;// CONCATENATED MODULE: ./src/adapters/pull-request-comment.ts
/** An app's token may not ask REST whose it is; this it may (marocchino/sticky-pull-request-comment#332). */
const VIEWER = '{ viewer { login } }';
const LIMIT_MS = 20_000;
/** Of what is said of a refusal. */
const LONGEST_MESSAGE = 200;
/** Comments of one pull request, through GitHub's REST API. Its client is loaded with the first question. */
class PullRequestThread {
    place;
    #login;
    constructor(place) {
        this.place = place;
    }
    own(beginning) {
        return this.#ask(async (octokit) => {
            const { listComments } = octokit.rest.issues;
            // In the order of their ids, as GitHub's documentation says of this list.
            const found = await octokit.paginate(listComments, { ...this.#thread(), per_page: 100 }, ({ data }) => data.filter(({ body }) => body?.startsWith(beginning)));
            if (found.length === 0)
                return [];
            this.#login ??= (await octokit.graphql(VIEWER)).viewer.login;
            const own = found.filter(({ user }) => user?.login === this.#login);
            return own.map(({ id, body = '' }) => ({ id, body }));
        });
    }
    make(change) {
        return this.#ask(async ({ rest: { issues } }) => {
            const { issue_number, ...repository } = this.#thread();
            switch (change.kind) {
                case 'create':
                    await issues.createComment({ ...repository, issue_number, body: change.body });
                    return;
                case 'update': {
                    const { id, body } = change;
                    await issues.updateComment({ ...repository, comment_id: id, body }).catch(unlessGone);
                    return;
                }
                case 'remove':
                    await issues.deleteComment({ ...repository, comment_id: change.id }).catch(unlessGone);
            }
        });
    }
    #thread() {
        const [owner = '', repo = ''] = this.place.repository.split('/');
        return { owner, repo, issue_number: this.place.number };
    }
    async #ask(question) {
        const { apiUrl, token, limitMs = LIMIT_MS } = this.place;
        if (token === '')
            return { kind: 'denied', problem: 'input `github-token` is empty' };
        const { getOctokit } = await Promise.resolve(/* import() */).then(__webpack_require__.bind(__webpack_require__, 61351));
        const octokit = getOctokit(token, { baseUrl: apiUrl });
        // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
        const deadline = new AbortController();
        const timer = setTimeout(() => {
            deadline.abort();
        }, limitMs);
        const signal = AbortSignal.any([this.place.signal, deadline.signal]);
        // An option of a question does not reach the requests for its answer's pages.
        octokit.hook.before('request', (options) => {
            options.request = { ...options.request, signal };
        });
        try {
            return { kind: 'done', value: await question(octokit) };
        }
        catch (error) {
            // To wait for it again would hold up the job for longer than a comment is worth.
            if (deadline.signal.aborted)
                return failed(`GitHub did not answer within ${limitMs / 1000} s`, Infinity);
            // Errors of GraphQL come with status 200, and what is no answer of GitHub's fails in ways of its own.
            return isRequestError(error) ? answerOf(error, token) : failed(shortened(error.message));
        }
        finally {
            clearTimeout(timer);
        }
    }
}
/** What is not there cannot be changed any more; the next look shows it. */
function unlessGone(error) {
    if (!isRequestError(error) || error.status !== 404)
        throw error;
}
function isRequestError(error) {
    return typeof error?.status === 'number';
}
function answerOf({ status, response, message }, token) {
    const headers = response?.headers ?? {};
    const said = response === undefined ? message : (response.data?.message ?? '');
    const reason = shortened(said.replaceAll(token, '***'));
    const problem = response ? `HTTP ${status}${reason && `: ${reason}`}` : `GitHub was not reached: ${reason}`;
    if (isLimited(status, headers, said))
        return failed(problem, limitMs(headers));
    return status >= 500 ? failed(problem, limitMs(headers, 0)) : { kind: 'denied', problem };
}
/** GitHub's documentation, "Rate limits for the REST API": 403 or 429, be it a primary or a secondary limit. */
function isLimited(status, headers, said) {
    if (status !== 403 && status !== 429)
        return false;
    return (status === 429 ||
        headers['retry-after'] !== undefined ||
        String(headers['x-ratelimit-remaining']) === '0' ||
        /rate limit/i.test(said));
}
/** The same page: seconds to wait, else the second at which the limit ends, else at least one minute. */
function limitMs(headers, otherwise = 60_000) {
    const after = Number(headers['retry-after']);
    if (Number.isFinite(after))
        return after * 1000;
    const reset = Number(headers['x-ratelimit-reset']);
    const isUsedUp = String(headers['x-ratelimit-remaining']) === '0';
    return isUsedUp && Number.isFinite(reset) ? Math.max(0, reset * 1000 - Date.now()) : otherwise;
}
function failed(problem, retryAfterMs = 0) {
    return { kind: 'failed', problem, retryAfterMs };
}
function shortened(text) {
    return text.replace(/\s+/gu, ' ').slice(0, LONGEST_MESSAGE);
}

// EXTERNAL MODULE: ./src/adapters/git-open.ts + 11 modules
var git_open = __webpack_require__(37774);
// EXTERNAL MODULE: ./src/adapters/git-fetch.ts
var git_fetch = __webpack_require__(39653);
// EXTERNAL MODULE: ./src/adapters/run-artifacts.ts
var run_artifacts = __webpack_require__(66083);
// EXTERNAL MODULE: ./src/adapters/interruption.ts
var interruption = __webpack_require__(99289);
// EXTERNAL MODULE: ./src/adapters/machine.ts + 27 modules
var machine = __webpack_require__(32005);
// EXTERNAL MODULE: ./src/adapters/parallel.ts
var parallel = __webpack_require__(93221);
// EXTERNAL MODULE: ./src/adapters/version.ts + 1 modules
var version = __webpack_require__(2855);
// EXTERNAL MODULE: ./src/pipeline.ts + 66 modules
var pipeline = __webpack_require__(37203);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(38929);
;// CONCATENATED MODULE: ./src/action.ts



















/** The main step of the action: sets `process.exitCode`, never throws for what can be expected. */
async function main() {
    const env = withoutInputs(process.env);
    const workspace = (0,external_node_path_.resolve)(env['GITHUB_WORKSPACE'] ?? '.');
    const root = (0,external_node_path_.resolve)(workspace, (0,actions_host/* readInput */.R5)('working-directory'));
    const folder = (0,external_node_path_.relative)(workspace, root);
    const host = new actions_host/* ActionsHost */.QS(folder, (0,external_node_path_.join)(stepFolder(env), 'outputs'));
    const token = (0,actions_host/* readInput */.R5)('github-token');
    // A container job's user often differs from the owner of the work tree that the runner mounted for it.
    const environment = (0,git_fetch/* fetchEnvironment */.sl)(env, { server: env['GITHUB_SERVER_URL'], token, trusted: true });
    const repository = await (0,git_open/* openRepository */.h)(root, { environment, fetchFolder: stepFolder(env) });
    if (!repository.ok) {
        process.exitCode = (0,pipeline_job/* fail */.fJ)(repository.failures, { host });
        return;
    }
    const signal = (0,interruption/* abortOnSignals */.P)(process);
    const context = actionsRun(env, (0,actions_host/* readInput */.R5)('state'));
    const job = {
        inputs: (0,actions_host/* readRequestInputs */.Vv)(),
        defaults: { maxParallel: (0,parallel/* defaultParallel */.f)(), layerCache: 'gha' },
        context,
        rootName: env['GITHUB_REPOSITORY']?.split('/')[1] ?? (0,external_node_path_.basename)(root),
        folder,
        color: false,
        version: version/* VERSION */.x,
        signal,
    };
    const program = (0,actions_cache_store/* cacheProgram */.dD)(process.argv);
    process.exitCode = await (0,pipeline/* run */.e)(job, {
        git: repository.value.git,
        ...(0,machine/* machine */.A)({ root, environment: env, signal }),
        ...actionsCache({ env, program, signal }),
        artifacts: new run_artifacts/* ActionsRunArtifacts */._q({
            folder: (0,external_node_path_.join)(stepFolder(env), 'artifacts'),
            program: (0,run_artifacts/* artifactsProgram */.iY)(process.argv),
        }),
        ...commentThread(env, { trigger: context.trigger, token, signal }),
        host,
    });
}
/** Only a run for a pull request has one. */
function commentThread(env, { trigger, ...access }) {
    if (trigger.kind !== 'pull-request')
        return {};
    const { GITHUB_API_URL: apiUrl = 'https://api.github.com', GITHUB_REPOSITORY: repository = '' } = env;
    return { thread: new PullRequestThread({ ...access, apiUrl, repository, number: trigger.number }) };
}
/** All that is kept in the Actions cache, so that each hears of an outage that another one met. */
function actionsCache({ env, program, signal, }) {
    const outage = new cache_outage/* CacheOutage */.a();
    const folder = stepFolder(env);
    const layerService = new ActionsCacheAccess({ environment: env, folder, program, outage });
    const layouts = { folder: (0,external_node_path_.join)(folder, 'layouts'), program, signal, outage };
    return {
        store: new actions_cache_store/* ActionsCacheStore */.zo(folder, program, outage),
        layouts: new ActionsCacheLayouts(layouts),
        layerService,
        layers: new ActionsCacheLayers({ ...layouts, folder: (0,external_node_path_.join)(folder, 'layers') }, layerService),
    };
}
/** What programs that are started need not see: the inputs, of which one is a token. */
function withoutInputs(env) {
    return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('INPUT_')));
}
/** Apart for each step of a job, as two steps may use the action. */
function stepFolder(env) {
    return (0,external_node_path_.join)(env['RUNNER_TEMP'] ?? (0,external_node_os_.tmpdir)(), 'smart-image-build', env['GITHUB_ACTION'] ?? 'step');
}


/***/ }),

/***/ 14605:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   Rq: () => (/* binding */ MISS),
/* harmony export */   S1: () => (/* binding */ ASKING),
/* harmony export */   ZK: () => (/* binding */ callCache)
/* harmony export */ });
/** Exit code for an entry that is not there, or was not taken. */
const MISS = 4;
/** Said on standard error, as a line, when nothing but the service is waited for. */
const ASKING = 'asking the cache service';
/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
async function callCache({ operation, path, key, prefix }) {
    const cache = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(838), __webpack_require__.e(271), __webpack_require__.e(142)]).then(__webpack_require__.bind(__webpack_require__, 60142));
    if (!cache.isFeatureAvailable())
        throw new Error('this runner has no Actions cache');
    process.stderr.write(`${ASKING}\n`);
    if (operation === 'save')
        return (await cache.saveCache([path], key)) === -1 ? MISS : 0;
    const lookupOnly = operation === 'find';
    return (await cache.restoreCache([path], key, [prefix], { lookupOnly })) === undefined ? MISS : 0;
}


/***/ }),

/***/ 60504:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ callCacheApart)
/* harmony export */ });
/* harmony import */ var _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(14605);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(61169);


/** Far more than a busy machine needs. */
const START_LIMIT_MS = 30_000;
/** What @actions/cache says of the program that unpacks an archive (its `internal/tar`). */
const UNPACKING = /^Failed to restore: \S*(?:tar|zstd|gzip)\S* failed with error/;
/**
 * Calls @actions/cache in a process of its own: it can be stopped when the service hangs, and it sees the folder in
 * the role of the workspace, which makes paths in the archive the same on every runner and keeps the work tree clean.
 */
async function callCacheApart(request, { folder, program, limitMs, onAsking, signal }) {
    // Not `AbortSignal.timeout`: within `any`, garbage collection takes it away (nodejs/node#57736).
    const deadline = new AbortController();
    const stopAfter = (milliseconds) => setTimeout(() => {
        deadline.abort();
    }, milliseconds);
    let timer = stopAfter(START_LIMIT_MS);
    const said = [];
    const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)(process.execPath, [program, JSON.stringify(request)], {
        cwd: folder,
        env: { ...process.env, GITHUB_WORKSPACE: folder },
        onErrorLine: (line) => {
            if (line !== _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__/* .ASKING */ .S1) {
                said.push(line);
                return;
            }
            clearTimeout(timer);
            timer = stopAfter(limitMs);
            onAsking?.();
        },
        signal: signal === undefined ? deadline.signal : AbortSignal.any([deadline.signal, signal]),
    }).finally(() => {
        clearTimeout(timer);
    });
    if (end.kind === 'missing')
        throw new Error(`${process.execPath} is not there`);
    if (signal?.aborted === true)
        return { problem: 'the run was interrupted' };
    if (end.kind === 'killed')
        return { problem: `the cache service did not answer within ${(limitMs / 1000).toFixed(1)} s` };
    // @actions/cache says of a service that fails no more than of an entry that is not there, except by a warning.
    const warning = /^::(?:warning|error)::(.*)$/m.exec(end.stdout.toString('utf8'))?.[1];
    if (warning !== undefined)
        return UNPACKING.test(warning) ? 'garbled' : { problem: warning };
    if (end.exitCode === 0)
        return 'done';
    return end.exitCode === _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__/* .MISS */ .Rq ? 'missed' : { problem: said.join('\n').trim() || `exit code ${end.exitCode}` };
}


/***/ }),

/***/ 35700:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dD: () => (/* binding */ cacheProgram),
/* harmony export */   jh: () => (/* binding */ uploadState),
/* harmony export */   zo: () => (/* binding */ ActionsCacheStore)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(60504);
/* harmony import */ var _cache_outage_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(95740);
/* harmony import */ var _file_store_js__WEBPACK_IMPORTED_MODULE_6__ = __webpack_require__(52160);







/** The folder in the archive. */
const ENTRY = 'smart-image-build-state';
/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder';
const SAVED_SCOPES = 'state-scopes';
/** Its client alone would retry for half a minute, or hang for three. */
const SAVE_LIMIT_MS = 8000;
/**
 * Keeps the state in the Actions cache: one immutable entry a run and scope, found again by its prefix. `save` writes a
 * file; the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
class ActionsCacheStore {
    folder;
    program;
    #loaded = new Set();
    #saved = new Set();
    outage;
    /** `folder` is empty at the start of the step and outside of the work tree; `program` is what `callCache` runs in. */
    constructor(folder, program, outage = new _cache_outage_js__WEBPACK_IMPORTED_MODULE_5__/* .CacheOutage */ .a()) {
        this.outage = outage;
        this.folder = folder;
        this.program = program;
    }
    /** A second call finds what was stored since, and leaves alone what this run has saved. */
    async load(scope) {
        if (this.outage.problem !== undefined)
            return { kind: 'unavailable', problem: this.outage.problem };
        const own = folderOf(this.folder, scope);
        const folder = this.#loaded.has(scope) ? (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(own, 'again') : own;
        this.#loaded.add(scope);
        const made = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder, { recursive: true }).catch((error) => error);
        if (made instanceof Error)
            return { kind: 'unavailable', problem: made.message };
        const prefix = keyPrefix(scope);
        const { program } = this;
        const request = { operation: 'restore', path: ENTRY, key: `${prefix}none`, prefix };
        const called = await this.outage.ask((patience) => (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)(request, { folder, program, ...patience }));
        if (called === 'missed')
            return { kind: 'none' };
        if (called === 'garbled')
            return { kind: 'unavailable', problem: 'the stored entry cannot be unpacked' };
        if (called === 'done')
            return new _file_store_js__WEBPACK_IMPORTED_MODULE_6__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, ENTRY)).load(scope);
        this.outage.note(called.problem);
        return { kind: 'unavailable', problem: called.problem };
    }
    async save(scope, text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_FOLDER, this.folder);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_SCOPES, [...this.#saved.add(scope)]);
        return this.#files(scope).save(scope, text);
    }
    loadMemo() {
        return this.#files(this.#first()).loadMemo();
    }
    /** A run that saves nothing of the first scope does not upload it. */
    saveMemo(text) {
        return this.#files(this.#first()).saveMemo(text);
    }
    #files(scope) {
        return new _file_store_js__WEBPACK_IMPORTED_MODULE_6__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folderOf(this.folder, scope), ENTRY));
    }
    #first() {
        const [first] = this.#loaded;
        if (first === undefined)
            throw new Error('the memo goes with a scope, and none was loaded');
        return first;
    }
}
/**
 * The post step: uploads what the main step saved, under a name that no other step, job or attempt has. Says why when
 * it could not; nothing is lost but time. A service that failed the main step is not called again.
 */
async function uploadState(entry, program) {
    const folder = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_FOLDER);
    const scopes = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_SCOPES);
    if (folder === '' || scopes === '')
        return undefined;
    if ((0,_cache_outage_js__WEBPACK_IMPORTED_MODULE_5__/* .hadCacheOutage */ .L)())
        return 'the cache service had failed before';
    const calls = JSON.parse(scopes).map((scope) => {
        return (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)({ operation: 'save', path: ENTRY, key: `${keyPrefix(scope)}${entry}`, prefix: '' }, { folder: folderOf(folder, scope), program, limitMs: SAVE_LIMIT_MS });
    });
    const failure = (await Promise.all(calls)).find((called) => called !== 'done');
    return typeof failure === 'string' ? 'the cache service did not take it' : failure?.problem;
}
/** The entry for `callCache` beside the entry that runs, both as built: `dist/main/index.js`, `dist/cache/index.js`. */
function cacheProgram([, entry = '']) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(entry, '..', '..', 'cache', 'index.js');
}
/** Each scope has a folder of its own, as an entry holds all that lies in it. */
function folderOf(folder, scope) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, hashOf(scope));
}
/** Fixed length, no comma, no branch name: one scope's prefix is never another's. */
function keyPrefix(scope) {
    return `smart-image-build-state-v1-${hashOf(scope)}-`;
}
function hashOf(scope) {
    return (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 32);
}


/***/ }),

/***/ 83114:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QS: () => (/* binding */ ActionsHost),
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   Vv: () => (/* binding */ readRequestInputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(48161);
/* harmony import */ var node_os__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_os__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(53916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_4___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_4__);
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(32269);






/** The inputs of `action.yml` that become the request; `working-directory`, `state` and `github-token` are read apart. */
const REQUEST_INPUTS = [
    ...['mode', 'config', 'services', 'force', 'inputs-from', 'base-ref', 'push', 'load', 'registry', 'tags'],
    ...['builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'detect', 'changed-since', 'from', 'wait'],
    ...['secrets', 'secret-envs', 'secret-files', 'layer-cache', 'layer-cache-mode', 'layer-cache-write'],
    ...['url', 'compose-project', 'cleanup', 'max-jobs', 'shard', 'comment'],
];
/** GitHub drops what is too long of an annotation as a whole (64 KiB). */
const LONGEST_LINE = 500;
/** What the workflow wrote, an input that it left out as an empty text. */
function readRequestInputs() {
    return Object.fromEntries(REQUEST_INPUTS.map((name) => [name, readInput(name)]));
}
function readInput(name) {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getInput */ .V4(name);
}
/** Shows a run in the log of a GitHub Actions step and writes its files. */
class ActionsHost {
    takesOutputs = true;
    progressStyle = 'groups';
    /** Path of the folder that plays the root within the repository, as annotations start from there. */
    folder;
    /** Folder of the files that outputs name, apart for each step. */
    files;
    constructor(folder = '', files = (0,node_os__WEBPACK_IMPORTED_MODULE_2__.tmpdir)()) {
        this.folder = folder;
        this.files = files;
    }
    live() {
        // Lines of a log cannot be drawn again.
    }
    progress(line) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutCommands */ .D)(line));
    }
    detail(line) {
        this.progress(line);
    }
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh((0,_harmless_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutCommands */ .D)(title));
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutCommands */ .D)(line));
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    }
    result(lines) {
        for (const line of lines())
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_5__/* .withoutCommands */ .D)(line));
    }
    document() {
        // A step has outputs in its place.
    }
    notice(notice) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(notice.message, this.#annotation(notice.place));
    }
    failure(failure) {
        const tail = failure.kind === 'build-failed' ? failure.tail : [];
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3([failure.message, ...tail.map((line) => line.slice(0, LONGEST_LINE))].join('\n'), this.#annotation('place' in failure ? failure.place : undefined));
    }
    mask(text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setSecret */ .Pq(text);
    }
    output(name, value) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    async outputFile(name, text) {
        const path = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.resolve)(this.files, `${name}.json`);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)(this.files, { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(path, text);
        this.output(name, path);
    }
    async summary(markdown) {
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
    }
    #annotation(place) {
        const title = 'smart-image-build';
        if (place === undefined)
            return { title };
        return { title, file: (0,node_path_posix__WEBPACK_IMPORTED_MODULE_4__.join)(this.folder, place.file), startLine: place.line, startColumn: place.column };
    }
}


/***/ }),

/***/ 95740:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   L: () => (/* binding */ hadCacheOutage),
/* harmony export */   a: () => (/* binding */ CacheOutage)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);

/** What the post step needs to know of the main step. */
const SAVED = 'cache-outage';
/** A service that is well answers within so long. */
const USUAL_MS = 1000;
/**
 * What a run waits beyond that, for all that it asks together: with the usual times a service that fails it, or is slow
 * throughout, costs it less than ten seconds, and one slow answer is still waited for.
 */
const PATIENCE_MS = 6000;
/** A cache service that failed a run once: it is not called again by that run, whatever for. */
class CacheOutage {
    #problem;
    /** Questions that are waited for. */
    #underway = new Set();
    #since = 0;
    #lostMs = 0;
    get problem() {
        return this.#problem;
    }
    /** Whether this is the first to be heard of it: who calls at the same time has the same to tell. */
    note(problem) {
        if (this.#problem !== undefined)
            return false;
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED, 'true');
        this.#problem = problem;
        return true;
    }
    /** Asks the service something, which may take what is left of the run's patience. Who asks at the same time waits once. */
    async ask(question) {
        const limitMs = Math.max(0, PATIENCE_MS - this.#lostMs - this.#overdueMs()) + USUAL_MS;
        const onAsking = () => {
            if (this.#underway.size === 0)
                this.#since = performance.now();
            this.#underway.add(onAsking);
        };
        try {
            return await question({ limitMs, onAsking });
        }
        finally {
            const overdueMs = this.#overdueMs();
            if (this.#underway.delete(onAsking) && this.#underway.size === 0)
                this.#lostMs += overdueMs;
        }
    }
    #overdueMs() {
        return this.#underway.size === 0 ? 0 : Math.max(0, performance.now() - this.#since - USUAL_MS);
    }
}
/** In the post step. */
function hadCacheOutage() {
    return _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED) === 'true';
}


/***/ }),

/***/ 66083:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   YR: () => (/* binding */ uploadKept),
/* harmony export */   _q: () => (/* binding */ ActionsRunArtifacts),
/* harmony export */   iY: () => (/* binding */ artifactsProgram)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(33838);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _model_failure_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(42891);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(61169);






/** What the post step needs to know of the main step: the file that is to be uploaded. */
const KEPT = 'run-artifact';
/** The client tries five times within half a minute, and would wait for five minutes where nothing moves. */
const UPLOAD_LIMIT_MS = 60_000;
const READ_LIMIT_MS = 180_000;
/** The artifacts of this workflow run. */
class ActionsRunArtifacts {
    options;
    constructor(options) {
        this.options = options;
    }
    async keep(name, text) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.options.folder, 'kept', `${name}.json`);
        const problem = await write(file, text);
        if (problem === undefined)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(KEPT, file);
        return problem;
    }
    async upload(name, text) {
        const file = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.options.folder, 'uploaded', `${name}.json`);
        const upload = (as) => call({ operation: 'upload', name: as, file }, this.options.program, UPLOAD_LIMIT_MS);
        let problem = (await write(file, text)) ?? (await upload(name));
        // Another matrix of the run, or an upload that broke off, has the name.
        if (problem?.includes('(409)') === true)
            problem = await upload(`${name}-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)().slice(0, 8)}`);
        if (problem !== undefined)
            return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_4__/* .failed */ .gz)({
                kind: 'artifact-failed',
                message: `The run artifact \`${name}\` was not uploaded: ${problem}`,
            });
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(KEPT, '');
        return (0,_model_failure_js__WEBPACK_IMPORTED_MODULE_4__.ok)(undefined);
    }
    async read(prefix) {
        const answer = (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.options.folder, 'read', (0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.randomUUID)(), 'answer.json');
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(answer), { recursive: true });
            const request = { operation: 'read', prefix, answer };
            const problem = await call(request, this.options.program, READ_LIMIT_MS);
            if (problem !== undefined)
                return { texts: new Map(), problems: [problem] };
            const { texts, problems } = JSON.parse(await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.readFile)(answer, 'utf8'));
            return { texts: new Map(texts), problems };
        }
        catch (error) {
            return { texts: new Map(), problems: [error.message] };
        }
    }
}
/**
 * The post step: uploads what the main step kept and did not bring away, under a name of its own, as an upload that broke
 * off may hold the other one. Says why when it could not.
 */
async function uploadKept(program) {
    const file = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(KEPT);
    if (file === '')
        return undefined;
    const name = `${(0,node_path__WEBPACK_IMPORTED_MODULE_3__.basename)(file, '.json')}-post`;
    return call({ operation: 'upload', name, file }, program, UPLOAD_LIMIT_MS);
}
/** The entry for `callArtifacts` beside the entry that runs, both as built. */
function artifactsProgram([, entry = '']) {
    return (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(entry, '..', '..', 'artifacts', 'index.js');
}
/** Whole or not at all; returns what went wrong. */
async function write(file, text) {
    try {
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.dirname)(file), { recursive: true });
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.writeFile)(`${file}.draft`, text);
        await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rename)(`${file}.draft`, file);
        return undefined;
    }
    catch (error) {
        return error.message;
    }
}
/**
 * Calls @actions/artifact in a process of its own, which is stopped when the service hangs and whose chatter nobody reads.
 * It goes on while the run is being interrupted. Returns what went wrong.
 */
async function call(request, program, limitMs) {
    const deadline = new AbortController();
    const timer = setTimeout(() => {
        deadline.abort();
    }, limitMs);
    const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_5__/* .run */ .e)(process.execPath, [program, JSON.stringify(request)], {
        env: process.env,
        signal: deadline.signal,
    }).finally(() => {
        clearTimeout(timer);
    });
    if (end.kind === 'missing')
        return `${process.execPath} is not there`;
    if (end.kind === 'killed')
        return `the artifact service did not answer within ${limitMs / 1000} s`;
    return end.exitCode === 0 ? undefined : end.stderr.trim() || `exit code ${end.exitCode}`;
}


/***/ })

};
