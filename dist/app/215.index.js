export const id = 215;
export const ids = [215];
export const modules = {

/***/ 1215:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

// ESM COMPAT FLAG
__webpack_require__.r(__webpack_exports__);

// EXPORTS
__webpack_require__.d(__webpack_exports__, {
  main: () => (/* binding */ main)
});

// EXTERNAL MODULE: external "node:os"
var external_node_os_ = __webpack_require__(8161);
// EXTERNAL MODULE: external "node:path"
var external_node_path_ = __webpack_require__(6760);
// EXTERNAL MODULE: ./src/adapters/actions-cache-store.ts
var actions_cache_store = __webpack_require__(5700);
// EXTERNAL MODULE: external "node:crypto"
var external_node_crypto_ = __webpack_require__(7598);
// EXTERNAL MODULE: external "node:fs/promises"
var promises_ = __webpack_require__(1455);
// EXTERNAL MODULE: ./src/adapters/actions-cache-process.ts
var actions_cache_process = __webpack_require__(504);
// EXTERNAL MODULE: ./src/adapters/oci-layout.ts
var oci_layout = __webpack_require__(5696);
;// CONCATENATED MODULE: ./src/adapters/actions-cache-layouts.ts





/** The folder in the archive: the layout itself. */
const ENTRY = 'smart-image-build-base';
/** A question is answered at once, while an image may have gigabytes. */
const FIND_LIMIT_MS = 10_000;
const MOVE_LIMIT_MS = 10 * 60_000;
/**
 * Keeps layouts in the Actions cache: an immutable entry for each that is built, found again by its fingerprint, the
 * newest first. A service that failed once is not called again by this run.
 */
class ActionsCacheLayouts {
    options;
    #answers = new Map();
    #saves = [];
    #problems = [];
    #isOut = false;
    constructor(options) {
        this.options = options;
    }
    has({ fingerprint }) {
        const answer = this.#answers.get(fingerprint) ?? this.#find(fingerprint);
        this.#answers.set(fingerprint, answer);
        return answer;
    }
    async fetch({ fingerprint }) {
        const folder = (0,external_node_path_.join)(this.options.folder, (0,external_node_crypto_.randomUUID)());
        const called = await this.#call('restore', { fingerprint, folder });
        return called === 'done' ? (0,oci_layout/* wholeLayout */.y)((0,external_node_path_.join)(folder, ENTRY)) : undefined;
    }
    place() {
        return (0,external_node_path_.join)(this.options.folder, (0,external_node_crypto_.randomUUID)(), ENTRY);
    }
    /** The upload goes on while the layout is built from, as neither changes it. */
    async keep({ fingerprint }, place) {
        const written = await (0,oci_layout/* writtenLayout */.g)(place);
        if (written.ok)
            this.#saves.push(this.#save({ fingerprint, folder: (0,external_node_path_.dirname)(place) }));
        return written;
    }
    async problems() {
        await Promise.all(this.#saves);
        const problems = this.#problems;
        this.#problems = [];
        return problems;
    }
    async #find(fingerprint) {
        return (await this.#call('find', { fingerprint, folder: this.options.folder })) === 'done';
    }
    async #save(of) {
        if ((await this.#call('save', of)) === 'missed')
            this.#problems.push('the cache service did not take it');
    }
    async #call(operation, { fingerprint, folder }) {
        if (this.#isOut)
            return 'out';
        const { program, signal } = this.options;
        const prefix = `${ENTRY}-v1-${fingerprint}-`;
        const request = { operation, path: ENTRY, key: `${prefix}${(0,external_node_crypto_.randomUUID)()}`, prefix };
        const limitMs = operation === 'find' ? FIND_LIMIT_MS : MOVE_LIMIT_MS;
        const called = await (0,promises_.mkdir)(folder, { recursive: true })
            .then(() => (0,actions_cache_process/* callCacheApart */.l)(request, { folder, program, limitMs, signal }))
            .catch((error) => ({ problem: error.message }));
        if (typeof called === 'object')
            this.#stopCalling(called.problem);
        return called;
    }
    /** Those who called at the same time have the same to tell. */
    #stopCalling(problem) {
        if (this.#isOut)
            return;
        this.#isOut = true;
        this.#problems.push(problem);
    }
}

// EXTERNAL MODULE: ./src/adapters/actions-host.ts
var actions_host = __webpack_require__(3114);
// EXTERNAL MODULE: ./node_modules/@actions/github/lib/github.js + 22 modules
var github = __webpack_require__(2413);
;// CONCATENATED MODULE: ./src/adapters/actions-run.ts

/** What started this run and what it may do, from the runner's environment and the event's file. */
function actionsRun(environment, state) {
    const { payload } = github/* context */._;
    const defaultBranch = payload.repository?.['default_branch'];
    const repositoryUrl = payload.repository?.html_url ?? urlOf(environment);
    const forbidden = pushForbidden(payload, github/* context */._.actor);
    const baseRef = pullRequestOf(github/* context */._.eventName, payload)?.base?.ref;
    return {
        trigger: triggerOf(github/* context */._.eventName, payload, github/* context */._.ref),
        ref: github/* context */._.ref,
        runId: String(github/* context */._.runId),
        ...(Number(environment['GITHUB_RUN_ATTEMPT'] ?? 1) > 1 && { isRerun: true }),
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

// EXTERNAL MODULE: ./src/adapters/git-open.ts + 11 modules
var git_open = __webpack_require__(7227);
// EXTERNAL MODULE: ./src/adapters/git-fetch.ts
var git_fetch = __webpack_require__(9653);
// EXTERNAL MODULE: ./src/adapters/interruption.ts
var interruption = __webpack_require__(9289);
// EXTERNAL MODULE: ./src/adapters/machine.ts + 16 modules
var machine = __webpack_require__(101);
// EXTERNAL MODULE: ./src/adapters/version.ts + 1 modules
var version = __webpack_require__(2855);
// EXTERNAL MODULE: ./src/pipeline.ts + 29 modules
var pipeline = __webpack_require__(6313);
// EXTERNAL MODULE: ./src/pipeline/job.ts
var pipeline_job = __webpack_require__(8929);
;// CONCATENATED MODULE: ./src/action.ts













/** The main step of the action: sets `process.exitCode`, never throws for what can be expected. */
async function main() {
    const env = withoutInputs(process.env);
    const workspace = (0,external_node_path_.resolve)(env['GITHUB_WORKSPACE'] ?? '.');
    const root = (0,external_node_path_.resolve)(workspace, (0,actions_host/* readInput */.R5)('working-directory'));
    const host = new actions_host/* ActionsHost */.QS((0,external_node_path_.relative)(workspace, root));
    const token = (0,actions_host/* readInput */.R5)('github-token');
    // A container job's user often differs from the owner of the work tree that the runner mounted for it.
    const environment = (0,git_fetch/* fetchEnvironment */.sl)(env, { server: env['GITHUB_SERVER_URL'], token, trusted: true });
    const repository = await (0,git_open/* openRepository */.h)(root, { environment, fetchFolder: stepFolder(env) });
    if (!repository.ok) {
        process.exitCode = (0,pipeline_job/* fail */.fJ)(repository.failures, { host });
        return;
    }
    const signal = (0,interruption/* abortOnSignals */.P)(process);
    const job = {
        inputs: (0,actions_host/* readRequestInputs */.Vv)(),
        defaults: { maxParallel: (0,machine/* defaultParallel */.f)() },
        context: actionsRun(env, (0,actions_host/* readInput */.R5)('state')),
        rootName: env['GITHUB_REPOSITORY']?.split('/')[1] ?? (0,external_node_path_.basename)(root),
        color: false,
        version: version/* VERSION */.x,
        signal,
    };
    const program = (0,actions_cache_store/* cacheProgram */.dD)(process.argv);
    process.exitCode = await (0,pipeline/* run */.e)(job, {
        git: repository.value.git,
        ...(0,machine/* machine */.A)({ root, environment: env, signal }),
        store: new actions_cache_store/* ActionsCacheStore */.zo(stepFolder(env), program),
        layouts: new ActionsCacheLayouts({ folder: (0,external_node_path_.join)(stepFolder(env), 'layouts'), program, signal }),
        host,
    });
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

/***/ 4605:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   R: () => (/* binding */ MISS),
/* harmony export */   Z: () => (/* binding */ callCache)
/* harmony export */ });
/** Exit code for an entry that is not there, or was not taken. */
const MISS = 4;
/**
 * One call of the Actions cache service, in the working directory in the role of the workspace. Returns the exit code;
 * throws, and warns through workflow commands on standard output, as @actions/cache does.
 */
async function callCache({ operation, path, key, prefix }) {
    const cache = await Promise.all(/* import() */[__webpack_require__.e(752), __webpack_require__.e(838), __webpack_require__.e(691)]).then(__webpack_require__.bind(__webpack_require__, 1691));
    if (!cache.isFeatureAvailable())
        throw new Error('this runner has no Actions cache');
    if (operation === 'save')
        return (await cache.saveCache([path], key)) === -1 ? MISS : 0;
    const lookupOnly = operation === 'find';
    return (await cache.restoreCache([path], key, [prefix], { lookupOnly })) === undefined ? MISS : 0;
}


/***/ }),

/***/ 504:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   l: () => (/* binding */ callCacheApart)
/* harmony export */ });
/* harmony import */ var _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4605);
/* harmony import */ var _process_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(1169);


/**
 * Calls @actions/cache in a process of its own: it can be stopped when the service hangs, and it sees the folder in
 * the role of the workspace, which makes paths in the archive the same on every runner and keeps the work tree clean.
 */
async function callCacheApart(request, { folder, program, limitMs, signal }) {
    const end = await (0,_process_js__WEBPACK_IMPORTED_MODULE_0__/* .run */ .e)(process.execPath, [program, JSON.stringify(request)], {
        cwd: folder,
        env: { ...process.env, GITHUB_WORKSPACE: folder },
        signal: AbortSignal.any([AbortSignal.timeout(limitMs), ...(signal === undefined ? [] : [signal])]),
    });
    if (end.kind === 'missing')
        throw new Error(`${process.execPath} is not there`);
    if (signal?.aborted === true)
        return { problem: 'the run was interrupted' };
    if (end.kind === 'killed')
        return { problem: `the cache service did not answer within ${limitMs / 1000} s` };
    // @actions/cache says of a service that fails no more than of an entry that is not there, except by a warning.
    const warning = /^::(?:warning|error)::(.*)$/m.exec(end.stdout.toString('utf8'))?.[1];
    if (warning !== undefined)
        return { problem: warning };
    if (end.exitCode === 0)
        return 'done';
    return end.exitCode === _actions_cache_call_js__WEBPACK_IMPORTED_MODULE_1__/* .MISS */ .R ? 'missed' : { problem: end.stderr.trim() || `exit code ${end.exitCode}` };
}


/***/ }),

/***/ 5700:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   dD: () => (/* binding */ cacheProgram),
/* harmony export */   jh: () => (/* binding */ uploadState),
/* harmony export */   zo: () => (/* binding */ ActionsCacheStore)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(504);
/* harmony import */ var _file_store_js__WEBPACK_IMPORTED_MODULE_5__ = __webpack_require__(2160);






/** The folder in the archive. */
const ENTRY = 'smart-image-build-state';
/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder';
const SAVED_SCOPES = 'state-scopes';
const SAVED_OUTAGE = 'cache-outage';
/** A service that is well answers within a second; its client alone would retry for half a minute, or hang for three. */
const RESTORE_LIMIT_MS = 10_000;
const SAVE_LIMIT_MS = 30_000;
/**
 * Keeps the state in the Actions cache: one immutable entry a run and scope, found again by its prefix. `save` writes a
 * file; the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
class ActionsCacheStore {
    folder;
    program;
    #loaded = new Set();
    #saved = new Set();
    /** A service that failed once is not called again. */
    #outage;
    /** `folder` is empty at the start of the step and outside of the work tree; `program` is what `callCache` runs in. */
    constructor(folder, program) {
        this.folder = folder;
        this.program = program;
    }
    /** A second call finds what was stored since, and leaves alone what this run has saved. */
    async load(scope) {
        if (this.#outage !== undefined)
            return { kind: 'unavailable', problem: this.#outage };
        const own = folderOf(this.folder, scope);
        const folder = this.#loaded.has(scope) ? (0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(own, 'again') : own;
        this.#loaded.add(scope);
        const made = await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder, { recursive: true }).catch((error) => error);
        if (made instanceof Error)
            return { kind: 'unavailable', problem: made.message };
        const prefix = keyPrefix(scope);
        const { program } = this;
        const called = await (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)({ operation: 'restore', path: ENTRY, key: `${prefix}none`, prefix }, { folder, program, limitMs: RESTORE_LIMIT_MS });
        if (called === 'missed')
            return { kind: 'none' };
        if (called === 'done')
            return new _file_store_js__WEBPACK_IMPORTED_MODULE_5__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, ENTRY)).load(scope);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_OUTAGE, 'true');
        this.#outage = called.problem;
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
        return new _file_store_js__WEBPACK_IMPORTED_MODULE_5__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folderOf(this.folder, scope), ENTRY));
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
    if (_actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_OUTAGE) === 'true')
        return 'the cache service had failed before';
    const calls = JSON.parse(scopes).map((scope) => {
        return (0,_actions_cache_process_js__WEBPACK_IMPORTED_MODULE_4__/* .callCacheApart */ .l)({ operation: 'save', path: ENTRY, key: `${keyPrefix(scope)}${entry}`, prefix: '' }, { folder: folderOf(folder, scope), program, limitMs: SAVE_LIMIT_MS });
    });
    const failure = (await Promise.all(calls)).find((called) => called !== 'done');
    return failure === 'missed' ? 'the cache service did not take it' : failure?.problem;
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

/***/ 3114:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   QS: () => (/* binding */ ActionsHost),
/* harmony export */   R5: () => (/* binding */ readInput),
/* harmony export */   Vv: () => (/* binding */ readRequestInputs)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(3916);
/* harmony import */ var node_path_posix__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_path_posix__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var _harmless_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2269);



/** The inputs of `action.yml` that become the request; `working-directory`, `state` and `github-token` are read apart. */
const REQUEST_INPUTS = [
    ...['mode', 'config', 'services', 'force', 'inputs-from', 'base-ref', 'push', 'load', 'registry', 'tags'],
    ...['builder', 'max-parallel', 'fail-fast', 'no-cache', 'pull', 'detect', 'changed-since', 'from', 'wait'],
];
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
    /** Path of the folder that plays the root within the repository, as annotations start from there. */
    folder;
    constructor(folder = '') {
        this.folder = folder;
    }
    progress(line) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
    }
    detail(line) {
        this.progress(line);
    }
    group(title, lines) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .startGroup */ .Oh((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(title));
        for (const line of lines)
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .endGroup */ .N4();
    }
    result(lines) {
        for (const line of lines())
            _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .info */ .pq((0,_harmless_js__WEBPACK_IMPORTED_MODULE_2__/* .withoutCommands */ .D)(line));
    }
    document() {
        // A step has outputs in its place.
    }
    notice(notice) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(notice.message, this.#annotation(notice.place));
    }
    failure(failure) {
        if (failure.kind === 'build-failed')
            this.group(failure.message, failure.log);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .error */ .z3(failure.message, this.#annotation(failure.kind === 'config-invalid' ? failure.place : undefined));
    }
    output(name, value) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .setOutput */ .uH(name, value);
    }
    async summary(markdown) {
        await _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .summary */ .z.addRaw(markdown, true).write();
    }
    #annotation(place) {
        const title = 'smart-image-build';
        if (place === undefined)
            return { title };
        return { title, file: (0,node_path_posix__WEBPACK_IMPORTED_MODULE_1__.join)(this.folder, place.file), startLine: place.line, startColumn: place.column };
    }
}


/***/ })

};
