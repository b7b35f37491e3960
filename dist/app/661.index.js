export const id = 661;
export const ids = [661];
export const modules = {

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

/***/ 52160:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ FileStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(51455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(76760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



const MEMO = 'memo';
/** Keeps each scope's state in a file of a folder, replaced as a whole. */
class FileStore {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    async load(scope) {
        try {
            return { kind: 'found', text: await textOf(this.#file(scope)) };
        }
        catch (error) {
            const { code, message } = error;
            return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message };
        }
    }
    save(scope, text) {
        return this.#write(this.#file(scope), text);
    }
    async loadMemo() {
        return textOf((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO)).catch(() => undefined);
    }
    async saveMemo(text) {
        await this.#write((0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, MEMO), text);
    }
    async #write(file, text) {
        const draft = `${file}.${process.pid}`;
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.mkdir)((0,node_path__WEBPACK_IMPORTED_MODULE_2__.dirname)(file), { recursive: true });
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.writeFile)(draft, text);
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.rename)(draft, file);
            return undefined;
        }
        catch (error) {
            return error.message;
        }
    }
    #file(scope) {
        return (0,node_path__WEBPACK_IMPORTED_MODULE_2__.join)(this.folder, `state-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 16)}`);
    }
}
/** Decoded at once: to do it chunk by chunk takes several times as long for a file of some megabytes. */
async function textOf(file) {
    return (await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(file)).toString('utf8');
}


/***/ }),

/***/ 32269:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   D: () => (/* binding */ withoutCommands),
/* harmony export */   Q: () => (/* binding */ forTerminal)
/* harmony export */ });
/**
 * Text of builds and file names must not be read as workflow commands: the runner takes `::name::` at the start of a
 * line, after white space as .NET knows it, and `##[name]` anywhere in it.
 */
function withoutCommands(text) {
    return text
        .split(/\r\n|\r|\n/)
        .map((line) => line.replace(/^([\s\u0085]*):(?=:)/, '$1:\u200B').replaceAll('##[', '#\u200B#['))
        .join('\n');
}
/** A colour, which is what a report of ours may hold, or a control or direction-changing character. */
// eslint-disable-next-line no-control-regex -- finding them is its purpose
const COLOR_OR_CONTROL = /\u001b\[[\d;]*m|(?![\n\t])\p{Cc}|[\u202A-\u202E\u2066-\u2069]/gu;
/** Nor may it move the cursor, set the window's title or turn the direction of what follows. */
function forTerminal(text) {
    return withoutCommands(text).replace(COLOR_OR_CONTROL, (found) => (found.length > 1 ? found : '\uFFFD'));
}


/***/ }),

/***/ 61169:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   e: () => (/* binding */ run),
/* harmony export */   i: () => (/* binding */ converse)
/* harmony export */ });
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(31421);
/* harmony import */ var node_child_process__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_child_process__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(73024);
/* harmony import */ var node_fs__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(80481);
/* harmony import */ var node_readline__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_readline__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(57075);
/* harmony import */ var node_stream__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_stream__WEBPACK_IMPORTED_MODULE_3__);




const PATIENCE_MS = 5000;
/** For output that is still in the pipes when a program has ended. */
const LAST_WORDS_MS = 2000;
/**
 * Runs a program to its end, without a shell. This is the only place that starts one:
 * @actions/exec can neither stop a process nor take a long output without line ends in linear time.
 * Throws when the working directory does not exist.
 */
async function run(program, args, options = {}) {
    const { cwd, env } = options;
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    // A program that ends without reading its input is judged by its exit code, not by the broken pipe.
    const { input = '' } = options;
    child.stdin.on('error', () => undefined);
    if (typeof input === 'string')
        child.stdin.end(input);
    else
        (0,node_stream__WEBPACK_IMPORTED_MODULE_3__.pipeline)(input, child.stdin, () => undefined);
    const stopped = options.signal && stopOnAbort(child, options.signal, options.patienceMs ?? PATIENCE_MS);
    const stdout = [];
    const stderr = [];
    child.stdout.on('data', (chunk) => stdout.push(chunk));
    (0,node_readline__WEBPACK_IMPORTED_MODULE_2__.createInterface)({ input: child.stderr }).on('line', (line) => {
        if (options.onErrorLine === undefined)
            stderr.push(line);
        else
            options.onErrorLine(line);
    });
    return await new Promise((resolve, reject) => {
        child.on('error', (error) => {
            stopped?.();
            // Node says the same of a program and of a working directory that is not there.
            if (error.code === 'ENOENT' && (0,node_fs__WEBPACK_IMPORTED_MODULE_1__.existsSync)(cwd ?? '.'))
                resolve({ kind: 'missing' });
            else
                reject(error);
        });
        child.on('exit', () => {
            closePipesSoon(child);
        });
        child.on('close', (exitCode, signal) => {
            stopped?.();
            const text = stderr.join('\n');
            if (exitCode === null)
                resolve({ kind: 'killed', signal: signal ?? 'unknown', stderr: text });
            else
                resolve({ kind: 'exited', exitCode, stdout: Buffer.concat(stdout), stderr: text });
        });
    });
}
/** Starts a program to talk to; it gets the end of its input, and so ends, when this process does. */
function converse([program, ...args], { cwd, env }, { onOutput, onEnd }) {
    const child = (0,node_child_process__WEBPACK_IMPORTED_MODULE_0__.spawn)(program, args, { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
    const stderr = [];
    child.stderr.on('data', (chunk) => stderr.push(chunk));
    child.stdout.on('data', onOutput);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
        onEnd(error.message);
    });
    child.on('exit', () => {
        closePipesSoon(child);
    });
    child.on('close', (exitCode, signal) => {
        onEnd(`${signal ?? `exit code ${exitCode ?? 0}`}: ${Buffer.concat(stderr).toString('utf8').trim()}`);
    });
    const handles = [child, child.stdin, child.stdout, child.stderr];
    return {
        write: (text) => child.stdin.write(text),
        end: () => child.stdin.end(),
        hold: (isNeeded) => {
            for (const handle of handles) {
                if (isNeeded)
                    handle.ref();
                else
                    handle.unref();
            }
        },
    };
}
/** What a program leaves behind may hold its pipes open for ever. */
function closePipesSoon(child) {
    setTimeout(() => {
        closePipes(child);
    }, LAST_WORDS_MS).unref();
}
function closePipes(child) {
    child.stdout.destroy();
    child.stderr.destroy();
}
/** Returns what takes the listener away again, so that a long run does not gather them. */
function stopOnAbort(child, signal, patienceMs) {
    let timer;
    const kill = () => {
        child.kill('SIGKILL');
        closePipes(child);
    };
    const stop = () => {
        child.kill('SIGTERM');
        timer = setTimeout(kill, patienceMs);
    };
    if (signal.aborted)
        stop();
    else
        signal.addEventListener('abort', stop, { once: true });
    return () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
    };
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


/***/ }),

/***/ 42891:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   CD: () => (/* binding */ attempt),
/* harmony export */   NJ: () => (/* binding */ unless),
/* harmony export */   b6: () => (/* binding */ textOf),
/* harmony export */   cV: () => (/* binding */ Failed),
/* harmony export */   gz: () => (/* binding */ failed),
/* harmony export */   ok: () => (/* binding */ ok),
/* harmony export */   os: () => (/* binding */ unexpected),
/* harmony export */   wo: () => (/* binding */ demand)
/* harmony export */ });
function ok(value) {
    return { ok: true, value };
}
/** The value of a step that gathered its problems, if there were none. */
function unless(failures, value) {
    const [first, ...more] = failures;
    return first === undefined ? ok(value) : failed(first, ...more);
}
/** All that went wrong in one text, for a notice of what goes on without it. */
function textOf(failures) {
    return failures.map(({ message }) => message).join('; ');
}
/** What a throw from somewhere inside becomes at the edge. */
function unexpected(error) {
    const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'unexpected', message };
}
function failed(failure, ...more) {
    return { ok: false, failures: [failure, ...more] };
}
/**
 * An expected failure on its way out of a recursion that could not go on without what it asked for. It never leaves
 * the stage: `attempt` turns it into a value.
 */
class Failed extends Error {
    failures;
    constructor(...failures) {
        super(textOf(failures));
        this.failures = failures;
    }
}
/** The value, or its failures thrown: only within `attempt`. */
function demand(result) {
    if (result.ok)
        return result.value;
    throw new Failed(...result.failures);
}
/** The value of some work, or the failure that it was thrown out of; a bug goes on. */
async function attempt(work) {
    try {
        return ok(await work());
    }
    catch (error) {
        if (error instanceof Failed)
            return { ok: false, failures: error.failures };
        throw error;
    }
}


/***/ }),

/***/ 86661:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(77598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var _adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(35700);
/* harmony import */ var _adapters_actions_host_js__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(83114);
/* harmony import */ var _adapters_cache_outage_js__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(95740);
/* harmony import */ var _adapters_run_artifacts_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(66083);





/** The post step: keeps what the main step recorded, also when that failed or was cancelled. Never fails the job. */
async function post() {
    await Promise.all([postState(), postArtifact()]);
}
/** What a leg came to is missed by the job that collects all of them, so that this is shown as an error. */
async function postArtifact() {
    const uploaded = (0,_adapters_run_artifacts_js__WEBPACK_IMPORTED_MODULE_4__/* .uploadKept */ .YR)((0,_adapters_run_artifacts_js__WEBPACK_IMPORTED_MODULE_4__/* .artifactsProgram */ .iY)(process.argv));
    const problem = await uploaded.catch((error) => error.message);
    if (problem === undefined)
        return;
    const message = `The results of this leg were not uploaded: ${problem}`;
    new _adapters_actions_host_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionsHost */ .QS().failure({ kind: 'artifact-failed', message });
}
async function postState() {
    const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_JOB: job, GITHUB_ACTION: step, } = process.env;
    // The legs of a matrix share all but the last.
    const parts = [run, attempt, job, step, (0,node_crypto__WEBPACK_IMPORTED_MODULE_0__.randomUUID)()];
    const entry = parts.map((part) => (part ?? '').replace(/[^A-Za-z0-9_.-]/g, '_')).join('-');
    const uploaded = (0,_adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__/* .uploadState */ .jh)(entry, (0,_adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__/* .cacheProgram */ .dD)(process.argv));
    const problem = await uploaded.catch((error) => error.message);
    if (problem === undefined)
        return;
    const host = new _adapters_actions_host_js__WEBPACK_IMPORTED_MODULE_2__/* .ActionsHost */ .QS();
    const message = `The records of this run were not saved: ${problem}`;
    // Of an outage that it saw the main step has a notice already.
    if ((0,_adapters_cache_outage_js__WEBPACK_IMPORTED_MODULE_3__/* .hadCacheOutage */ .L)())
        host.progress(message);
    else
        host.notice({ message });
}


/***/ })

};
