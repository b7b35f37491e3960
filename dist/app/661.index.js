export const id = 661;
export const ids = [661];
export const modules = {

/***/ 5700:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   j: () => (/* binding */ uploadState),
/* harmony export */   z: () => (/* binding */ ActionsCacheStore)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_2__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_3___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_3__);
/* harmony import */ var _file_store_js__WEBPACK_IMPORTED_MODULE_4__ = __webpack_require__(2160);





/** The one path in the archive: constant, since the cache service compares it between runs. */
const ENTRY = 'smart-image-build-state';
/** What the post step needs to know of the main step. */
const SAVED_FOLDER = 'state-folder';
const SAVED_SCOPE = 'state-scope';
/**
 * Keeps the state in the Actions cache: one immutable entry a run, found again by its prefix. `save` writes a file;
 * the post step, which also follows a failed or cancelled main step, uploads it with `uploadState`.
 */
class ActionsCacheStore {
    folder;
    files;
    constructor(folder) {
        this.folder = folder;
        this.files = new _file_store_js__WEBPACK_IMPORTED_MODULE_4__/* .FileStore */ .y((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(folder, ENTRY));
    }
    async load(scope) {
        const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 1691));
        if (!cache.isFeatureAvailable())
            return { kind: 'unavailable', problem: 'this runner has no Actions cache' };
        try {
            await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.rm)((0,node_path__WEBPACK_IMPORTED_MODULE_3__.join)(this.folder, ENTRY), { recursive: true, force: true });
            const prefix = keyPrefix(scope);
            const found = await within(this.folder, () => cache.restoreCache([ENTRY], `${prefix}none`, [prefix]));
            return found === undefined ? { kind: 'none' } : await this.files.load(scope);
        }
        catch (error) {
            return { kind: 'unavailable', problem: error.message };
        }
    }
    async save(scope, text) {
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_FOLDER, this.folder);
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .saveState */ .LZ(SAVED_SCOPE, scope);
        return this.files.save(scope, text);
    }
}
/** The post step: uploads what the main step saved. Says why when it could not; nothing is lost but time. */
async function uploadState(entry) {
    const folder = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_FOLDER);
    const scope = _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .getState */ .Gu(SAVED_SCOPE);
    if (folder === '' || scope === '')
        return undefined;
    const cache = await __webpack_require__.e(/* import() */ 691).then(__webpack_require__.bind(__webpack_require__, 1691));
    if (!cache.isFeatureAvailable())
        return 'this runner has no Actions cache';
    try {
        const id = await within(folder, () => cache.saveCache([ENTRY], `${keyPrefix(scope)}${entry}`));
        return id === -1 ? 'the cache service did not take it' : undefined;
    }
    catch (error) {
        return error.message;
    }
}
/** Fixed length, no comma, no branch name: one scope's prefix is never another's. */
function keyPrefix(scope) {
    return `smart-image-build-state-v1-${(0,node_crypto__WEBPACK_IMPORTED_MODULE_1__.createHash)('sha256').update(scope, 'utf8').digest('hex').slice(0, 32)}-`;
}
/**
 * Runs a task with a folder in the role of the workspace: @actions/cache stores paths relative to the workspace, and
 * this way they are the same on every runner and outside of the work tree. Nothing else may run meanwhile.
 */
async function within(folder, task) {
    const { GITHUB_WORKSPACE: workspace } = process.env;
    const current = process.cwd();
    await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_2__.mkdir)(folder, { recursive: true });
    process.chdir(folder);
    process.env['GITHUB_WORKSPACE'] = folder;
    try {
        return await task();
    }
    finally {
        process.chdir(current);
        if (workspace === undefined)
            delete process.env['GITHUB_WORKSPACE'];
        else
            process.env['GITHUB_WORKSPACE'] = workspace;
    }
}


/***/ }),

/***/ 2160:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   y: () => (/* binding */ FileStore)
/* harmony export */ });
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(7598);
/* harmony import */ var node_crypto__WEBPACK_IMPORTED_MODULE_0___default = /*#__PURE__*/__webpack_require__.n(node_crypto__WEBPACK_IMPORTED_MODULE_0__);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(1455);
/* harmony import */ var node_fs_promises__WEBPACK_IMPORTED_MODULE_1___default = /*#__PURE__*/__webpack_require__.n(node_fs_promises__WEBPACK_IMPORTED_MODULE_1__);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(6760);
/* harmony import */ var node_path__WEBPACK_IMPORTED_MODULE_2___default = /*#__PURE__*/__webpack_require__.n(node_path__WEBPACK_IMPORTED_MODULE_2__);



/** Keeps each scope's state in a file of a folder, replaced as a whole. */
class FileStore {
    folder;
    constructor(folder) {
        this.folder = folder;
    }
    async load(scope) {
        try {
            return { kind: 'found', text: await (0,node_fs_promises__WEBPACK_IMPORTED_MODULE_1__.readFile)(this.#file(scope), 'utf8') };
        }
        catch (error) {
            const { code, message } = error;
            return code === 'ENOENT' ? { kind: 'none' } : { kind: 'unavailable', problem: message };
        }
    }
    async save(scope, text) {
        const file = this.#file(scope);
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


/***/ }),

/***/ 6661:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   post: () => (/* binding */ post)
/* harmony export */ });
/* harmony import */ var _actions_core__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(3838);
/* harmony import */ var _adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(5700);


/** The post step: keeps what the main step recorded, also when that failed or was cancelled. Never fails the job. */
async function post() {
    const { GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt, GITHUB_JOB: job, GITHUB_ACTION: step, } = process.env;
    const entry = [run, attempt, job, step]
        .map((part) => (part ?? '').replace(/[^A-Za-z0-9_.-]/g, '_'))
        .join('-');
    const problem = await (0,_adapters_actions_cache_store_js__WEBPACK_IMPORTED_MODULE_1__/* .uploadState */ .j)(entry);
    if (problem !== undefined)
        _actions_core__WEBPACK_IMPORTED_MODULE_0__/* .notice */ .lm(`The records of this run were not saved: ${problem}`);
}


/***/ })

};
